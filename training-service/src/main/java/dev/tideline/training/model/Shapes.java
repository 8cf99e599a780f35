package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shapes of everything between the inputs and the head, before any graph is built. Null stands for a shape that a reported problem
 * makes unknowable, so that one mistake is one problem.
 */
public final class Shapes {

    /** 256 MB of float32 for one example; more is a slip of the pen. */
    private static final int MAX_NUMBERS = 1 << 26;
    private static final long MAX_WEIGHTS = 1L << 29;

    private final Map<String, List<Dims>> inputs;
    private final List<Problem> problems;

    /** @param inputs shapes by name of the input, several when inputs share a name */
    public Shapes(Map<String, List<Dims>> inputs, List<Problem> problems) {
        this.inputs = new LinkedHashMap<>(inputs);
        this.problems = problems;
    }

    /** Notes everything that does not fit between {@code inputs} and a head. */
    public static void check(List<Layer> layers, Map<String, List<Dims>> inputs, List<Problem> problems) {
        new Shapes(inputs, problems).check(layers);
    }

    private void check(List<Layer> layers) {
        var elsewhere = named(layers);
        var flow = new ArrayList<String>(inputs.keySet());
        flow.removeAll(elsewhere);
        var in = flow.isEmpty() ? Dims.NOTHING : join(flow, "/inputs");
        var first = layers.isEmpty() ? null : layers.getFirst();
        if (!flow.isEmpty() && first instanceof Layer.Branches branches
                && branches.named().values().stream().noneMatch(branch -> branch.inputs().isEmpty())) {
            problem("/layers/0", "inputs " + flow + " that no branch takes", "each input in a branch or a concat");
        }
        var out = chain(layers, "/layers", in);
        if (out != null && !out.isFlat()) {
            problem("/layers", "output " + out, "flat values for the head, [n]: end with flatten or a global pooling");
        }
    }

    /** Names that layers at any depth take for themselves; the others flow into the first layer. */
    public static Set<String> named(List<Layer> layers) {
        var names = new LinkedHashSet<String>();
        for (var layer : layers) {
            switch (layer) {
                case Layer.Concat concat -> names.addAll(concat.inputs());
                case Layer.Residual residual -> names.addAll(named(residual.layers()));
                case Layer.Branches branches -> branches.named().values().forEach(branch -> {
                    names.addAll(branch.inputs());
                    names.addAll(named(branch.layers()));
                });
                case Layer.Dense l -> { }
                case Layer.Dropout l -> { }
                case Layer.LayerNorm l -> { }
                case Layer.BatchNorm l -> { }
                case Layer.Activate l -> { }
                case Layer.Conv2d l -> { }
                case Layer.DepthwiseConv2d l -> { }
                case Layer.MaxPool l -> { }
                case Layer.AveragePool l -> { }
                case Layer.GlobalMaxPool l -> { }
                case Layer.GlobalAveragePool l -> { }
                case Layer.Flatten l -> { }
                case Layer.Reshape l -> { }
            }
        }
        return names;
    }

    private @Nullable Dims chain(List<Layer> layers, String pointer, @Nullable Dims in) {
        var x = in;
        for (int i = 0; i < layers.size(); i++) {
            x = after(layers.get(i), pointer + "/" + i, x);
        }
        return x;
    }

    /** Shape behind {@code layer}, which gets {@code in}. */
    public @Nullable Dims after(Layer layer, String pointer, @Nullable Dims in) {
        var out = shape(layer, pointer, in);
        if (out != null && out.count() > MAX_NUMBERS) {
            return problem(pointer, name(layer) + " gives " + out, "at most " + MAX_NUMBERS + " numbers per example");
        }
        long weights = in == null || out == null || in.equals(Dims.NOTHING) ? 0 : switch (layer) {
            case Layer.Dense dense -> (long) in.last() * dense.units();
            case Layer.Conv2d conv -> (long) in.last() * conv.filters() * conv.window().height() * conv.window().width();
            default -> 0;
        };
        return weights <= MAX_WEIGHTS ? out
            : problem(pointer, name(layer) + " has " + weights + " weights", "at most " + MAX_WEIGHTS);
    }

    private @Nullable Dims shape(Layer layer, String pointer, @Nullable Dims in) {
        if (layer instanceof Layer.Branches branches) {
            return branches(branches, pointer, in);
        }
        if (in == null) {
            return null;
        }
        if (in.equals(Dims.NOTHING) && !(layer instanceof Layer.Concat)) {
            return problem(pointer, name(layer) + " gets nothing", "something that flows in: an input that no branch or concat names");
        }
        return switch (layer) {
            case Layer.Dense dense -> flat(dense, pointer, in) ? Dims.flat(dense.units()) : null;
            case Layer.Dropout dropout -> in;
            case Layer.LayerNorm norm -> in;
            case Layer.BatchNorm norm -> in;
            case Layer.Activate activate -> in;
            case Layer.Conv2d conv -> slide(conv, conv.window(), pointer, in, conv.filters());
            case Layer.DepthwiseConv2d conv ->
                slide(conv, conv.window(), pointer, in, in.last() == Dims.UNKNOWN ? Dims.UNKNOWN : Dims.times(in.last(), conv.multiplier()));
            case Layer.MaxPool pool -> slide(pool, pool.window(), pointer, in, in.last());
            case Layer.AveragePool pool -> slide(pool, pool.window(), pointer, in, in.last());
            case Layer.GlobalMaxPool pool -> image(pool, pointer, in) ? Dims.flat(in.last()) : null;
            case Layer.GlobalAveragePool pool -> image(pool, pointer, in) ? Dims.flat(in.last()) : null;
            case Layer.Flatten flatten -> Dims.flat(in.count());
            case Layer.Reshape reshape -> {
                var out = new Dims(reshape.shape());
                yield in.count() == Dims.UNKNOWN || in.count() == out.count() ? out
                    : problem(pointer, "reshape of " + in + " to " + out, "as many numbers as it gets, " + in.count());
            }
            case Layer.Concat concat -> {
                var more = join(concat.inputs(), pointer + "/concat/inputs");
                yield more == null || in.equals(Dims.NOTHING) ? more : join(in, more, pointer);
            }
            case Layer.Residual residual -> residual(residual, pointer, in);
            case Layer.Branches branches -> throw new IllegalStateException("branches: handled above");
        };
    }

    private @Nullable Dims residual(Layer.Residual residual, String pointer, Dims in) {
        var out = chain(residual.layers(), pointer + "/residual/layers", in);
        if (out == null || in.fits(out) || stride(in, out) > 0) {
            return out;
        }
        return problem(pointer, "residual from " + in + " to " + out, "two flat shapes, or two images, the second smaller by a whole stride");
    }

    /** Stride of the 1 by 1 convolution that brings {@code in} to the size of {@code out}; 1 for flat values, 0 when none does. */
    public static int stride(Dims in, Dims out) {
        if (in.isFlat() && out.isFlat()) {
            return 1;
        }
        if (!in.isImage() || !out.isImage() || !in.isKnown() || !out.isKnown()) {
            return 0;
        }
        int stride = Math.ceilDiv(in.height(), out.height());
        return Math.ceilDiv(in.height(), stride) == out.height() && Math.ceilDiv(in.width(), stride) == out.width() ? stride : 0;
    }

    private @Nullable Dims branches(Layer.Branches branches, String pointer, @Nullable Dims in) {
        Dims all = null;
        boolean known = true;
        for (var entry : branches.named().entrySet()) {
            var branch = entry.getValue();
            var place = pointer + "/branches/named/" + entry.getKey();
            var start = branch.inputs().isEmpty() ? in : join(branch.inputs(), place + "/inputs");
            if (start != null && start.equals(Dims.NOTHING)) {
                start = problem(place, "branch " + entry.getKey() + " gets nothing", "inputs by name, or something that flows in");
            }
            var out = chain(branch.layers(), place + "/layers", start);
            if (out == null) {
                known = false;
            } else if (all == null) {
                all = out;
            } else {
                var joined = switch (branches.combine()) {
                    case CONCAT -> join(all, out, place);
                    case ADD -> all.fits(out) ? all
                        : problem(place, "branch " + entry.getKey() + " gives " + out, "the shape of the branches before it, " + all);
                };
                known &= joined != null;
                all = joined == null ? all : joined;
            }
        }
        return known ? all : null;
    }

    /** The named inputs side by side. */
    private @Nullable Dims join(List<String> names, String pointer) {
        Dims all = null;
        for (int i = 0; i < names.size(); i++) {
            var found = inputs.get(names.get(i));
            if (found == null) {
                problems.add(new Problem("UNKNOWN_INPUT", pointer + "/" + i, names.get(i), "one of " + List.copyOf(inputs.keySet())));
                return null;
            }
            for (var each : found) {
                all = all == null ? each : join(all, each, pointer);
                if (all == null) {
                    return null;
                }
            }
        }
        return all;
    }

    private @Nullable Dims join(Dims a, Dims b, String pointer) {
        if (!a.joins(b)) {
            return problem(pointer, b + " beside " + a, "shapes that are equal but for the last dimension");
        }
        return a.withLast(a.last() == Dims.UNKNOWN || b.last() == Dims.UNKNOWN ? Dims.UNKNOWN : (int) Math.min(Integer.MAX_VALUE, (long) a.last() + b.last()));
    }

    private @Nullable Dims slide(Layer layer, Layer.Window window, String pointer, Dims in, int channels) {
        if (!image(layer, pointer, in)) {
            return null;
        }
        int height = window.places(in.height(), window.height());
        int width = window.places(in.width(), window.width());
        return height == 0 || width == 0
            ? problem(pointer, name(layer) + " of " + window.height() + " by " + window.width() + " gets " + in,
                "an image at least as large as the window")
            : Dims.image(height, width, channels);
    }

    private boolean flat(Layer layer, String pointer, Dims in) {
        if (!in.isFlat()) {
            problem(pointer, name(layer) + " gets " + in, "flat values, [n]: flatten or pool them first");
        }
        return in.isFlat();
    }

    private boolean image(Layer layer, String pointer, Dims in) {
        if (!in.isImage()) {
            problem(pointer, name(layer) + " gets " + in, "an image, [height, width, channels]: reshape first");
        }
        return in.isImage();
    }

    private static String name(Layer layer) {
        var name = layer.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private @Nullable Dims problem(String pointer, String value, String expected) {
        problems.add(new Problem("SHAPE", pointer, value, expected));
        return null;
    }
}
