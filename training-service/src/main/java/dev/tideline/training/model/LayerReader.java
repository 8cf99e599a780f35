package dev.tideline.training.model;

import dev.tideline.training.model.Layer.Activation;
import dev.tideline.training.model.Layer.Combine;
import dev.tideline.training.model.Layer.Padding;
import dev.tideline.training.model.Layer.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

final class LayerReader {

    static final int MAX_UNITS = 65_536;
    static final int MAX_SIDE = 1_024;
    static final int MAX_NAMES = 1_000;
    /** Layers in one list, and lists within lists: beyond any network that trains, within any stack. */
    private static final int MAX_LAYERS = 500;
    private static final int MAX_DEPTH = 12;
    static final List<String> CHOICES = List.of("dense", "dropout", "layerNorm", "batchNorm", "activation", "conv2d", "depthwiseConv2d",
        "maxPool", "averagePool", "globalMaxPool", "globalAveragePool", "flatten", "reshape", "concat", "residual", "branches");

    private LayerReader() {}

    static List<Layer> list(Fields owner, String name) {
        return list(owner, name, 0);
    }

    private static List<Layer> list(Fields owner, String name, int depth) {
        var layers = new ArrayList<Layer>();
        var node = owner.node(name);
        if (node == null) {
            return layers;
        }
        if (!node.isArray() || node.size() > MAX_LAYERS || depth > MAX_DEPTH) {
            owner.problem(node.isArray() ? "OUT_OF_RANGE" : "WRONG_TYPE", name, node.isArray() ? null : node,
                "an array of at most " + MAX_LAYERS + " layers, at most " + MAX_DEPTH + " deep");
            return layers;
        }
        for (int i = 0; i < node.size(); i++) {
            var variant = Variant.read(node.get(i), owner.pointer() + "/" + name + "/" + i, owner.problems());
            if (variant != null) {
                read(variant, depth).ifPresent(layers::add);
            }
        }
        return layers;
    }

    static Optional<Layer> read(Variant variant) {
        return read(variant, 0);
    }

    private static Optional<Layer> read(Variant variant, int depth) {
        var fields = variant.fields();
        Layer layer = switch (variant.name()) {
            case "dense" -> new Layer.Dense(required(fields, "units", MAX_UNITS), activation(fields, "activation", Activation.LINEAR),
                fields.number("l2", 0, 0, 1e6), fields.number("groupLasso", 0, 0, 1e6));
            case "dropout" -> new Layer.Dropout(fields.number("rate", 0.5, 0, 0.99));
            case "layerNorm" -> new Layer.LayerNorm();
            case "batchNorm" -> new Layer.BatchNorm(fields.number("momentum", 0.99, 0, 1), fields.number("epsilon", 1e-3, 1e-9, 1));
            case "activation" -> new Layer.Activate(activation(fields, "function", Activation.RELU));
            case "conv2d" -> new Layer.Conv2d(required(fields, "filters", MAX_UNITS), window(fields, "kernel", 3, 1, Padding.SAME),
                activation(fields, "activation", Activation.LINEAR), fields.number("l2", 0, 0, 1e6));
            case "depthwiseConv2d" -> new Layer.DepthwiseConv2d(fields.integer("multiplier", 1, 1, MAX_SIDE),
                window(fields, "kernel", 3, 1, Padding.SAME), activation(fields, "activation", Activation.LINEAR));
            case "maxPool" -> new Layer.MaxPool(window(fields, "size", 2, 2, Padding.VALID));
            case "averagePool" -> new Layer.AveragePool(window(fields, "size", 2, 2, Padding.VALID));
            case "globalMaxPool" -> new Layer.GlobalMaxPool();
            case "globalAveragePool" -> new Layer.GlobalAveragePool();
            case "flatten" -> new Layer.Flatten();
            case "reshape" -> new Layer.Reshape(shape(fields));
            case "concat" -> new Layer.Concat(requiredTexts(fields, "inputs"));
            case "residual" -> new Layer.Residual(requiredLayers(fields, depth), activation(fields, "activation", Activation.LINEAR));
            case "branches" -> new Layer.Branches(branches(fields, depth), combine(fields));
            default -> null;
        };
        if (layer == null) {
            variant.unknown(CHOICES);
            return Optional.empty();
        }
        fields.done();
        return Optional.of(layer);
    }

    private static int required(Fields fields, String name, int max) {
        if (fields.node(name) == null) {
            fields.problem("MISSING", name, null, "a whole number from 1 to " + max);
        }
        return fields.integer(name, 1, 1, max);
    }

    private static List<String> requiredTexts(Fields fields, String name) {
        if (fields.node(name) == null) {
            fields.problem("MISSING", name, null, "an array of names of inputs");
        }
        return fields.texts(name, MAX_NAMES);
    }

    private static List<Layer> requiredLayers(Fields fields, int depth) {
        if (fields.node("layers") == null) {
            fields.problem("MISSING", "layers", null, "an array of layers");
        }
        return list(fields, "layers", depth + 1);
    }

    private static LinkedHashMap<String, Layer.Branch> branches(Fields fields, int depth) {
        var branches = new LinkedHashMap<String, Layer.Branch>();
        var node = fields.node("named");
        if (node == null || (node.isObject() && node.isEmpty())) {
            fields.problem("MISSING", "named", null, "an object of branches by name, at least one");
            return branches;
        }
        var named = fields.object("named");
        for (var name : node.propertyNames()) {
            if (!name.matches("[A-Za-z0-9_\\-]{1,64}")) {
                named.problem("INVALID_NAME", name, named.node(name), "letters, digits, _ or -, at most 64");
            }
            var branch = named.object(name);
            branches.put(name, new Layer.Branch(branch.texts("inputs", MAX_NAMES), list(branch, "layers", depth + 1)));
            branch.done();
        }
        return branches;
    }

    /** One number for a square, or {@code [height, width]}. */
    private static Window window(Fields fields, String name, int size, int stride, Padding padding) {
        var node = fields.node(name);
        int height;
        int width;
        if (node != null && node.isArray()) {
            var pair = sizes(fields, name, node, 2, 2);
            height = pair.get(0);
            width = pair.get(1);
        } else {
            height = fields.integer(name, size, 1, MAX_SIDE);
            width = height;
        }
        return new Window(height, width, fields.integer("stride", stride, 1, MAX_SIDE),
            fields.choice("padding", Padding.values(), padding));
    }

    private static List<Integer> shape(Fields fields) {
        var node = fields.node("shape");
        if (node == null || !node.isArray()) {
            fields.problem(node == null ? "MISSING" : "WRONG_TYPE", "shape", node, "[n] or [height, width, channels]");
            return List.of(1);
        }
        var sizes = sizes(fields, "shape", node, 1, 3);
        if (sizes.size() == 2) {
            fields.problem("OUT_OF_RANGE", "shape", node, "[n] or [height, width, channels]");
        }
        return sizes;
    }

    private static List<Integer> sizes(Fields fields, String name, JsonNode node, int least, int most) {
        var sizes = new ArrayList<Integer>();
        node.forEach(each -> sizes.add(each.isIntegralNumber() && each.canConvertToInt() ? each.intValue() : 0));
        if (sizes.size() < least || sizes.size() > most || sizes.stream().anyMatch(size -> size < 1 || size > MAX_UNITS)) {
            fields.problem("OUT_OF_RANGE", name, node, least + (most > least ? " to " + most : "") + " whole numbers from 1 to " + MAX_UNITS);
            return java.util.Collections.nCopies(least, 1);
        }
        return sizes;
    }

    private static Activation activation(Fields fields, String name, Activation fallback) {
        return fields.choice(name, Activation.values(), fallback);
    }

    private static Combine combine(Fields fields) {
        return fields.choice("combine", Combine.values(), Combine.CONCAT);
    }
}
