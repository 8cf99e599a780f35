package dev.tideline.tfrecord;

import dev.tideline.tfrecord.CanonicalRow.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the rows of one writer have in common, learned from one of them: runs of entries that differ in their numbers only, and the
 * entries between them that have to be read one by one. A feature that broke a run once stays out of runs for good, so that learning
 * comes to an end.
 */
final class RowLayout {

    /** How to read the next entries. */
    sealed interface Step {}

    /** An entry to be read on its own; the feature may be absent. */
    record Alone(int feature) implements Step {}

    /** A run, with what is known of its features. */
    static final class Together implements Step {

        private final FixedRun entries;
        private final int[] features;
        private final Values[] values;
        private final int[] sizes;
        /** Where each feature's numbers begin in the run. */
        private final int[] offsets;
        private int at = -1;

        private Together(FixedRun entries, int[] features, Values[] values, int[] sizes, int[] offsets) {
            this.entries = entries;
            this.features = features;
            this.values = values;
            this.sizes = sizes;
            this.offsets = offsets;
        }

        FixedRun entries() {
            return entries;
        }
    }

    /**
     * One row by feature, as arrays that are filled anew by every row. Of numbers, {@code heads} is everything of the entry before them
     * and {@code payloads} their bytes behind it.
     */
    record Row(Values[] values, int[] sizes, int[] from, byte[][] heads, int[] payloads) {

        static Row of(int features) {
            Row row = new Row(new Values[features], new int[features], new int[features], new byte[features][], new int[features]);
            Arrays.fill(row.values, Values.ABSENT);
            Arrays.fill(row.heads, new byte[0]);
            return row;
        }

        /** Whether the entry has the same length whatever its numbers are; whole numbers have while each has one byte. */
        private boolean even(int feature) {
            return values[feature] == Values.FLOATS || values[feature] == Values.LONGS && sizes[feature] == payloads[feature];
        }

        private int start(int feature) {
            return from[feature] - heads[feature].length;
        }

        private int end(int feature) {
            return from[feature] + payloads[feature];
        }
    }

    private final int[] order;
    private final Row row;
    private final boolean[] fixed;
    private final boolean[] varying;
    /** Features that came in another way in the row that is read singly: believed when the whole row is good. */
    private final boolean[] changed;
    private Step[] steps = {};
    private int number;

    /** @param order features as they follow each other in a row */
    RowLayout(int[] order, Row row) {
        this.order = order;
        this.row = row;
        fixed = new boolean[order.length];
        varying = new boolean[order.length];
        changed = new boolean[order.length];
    }

    /** Empty when nothing has been learned. */
    Step[] steps() {
        return steps;
    }

    /** Changes when something else is learned. */
    int number() {
        return number;
    }

    boolean fixed(int feature) {
        return fixed[feature];
    }

    /** Puts down in the row what the run has when it begins at {@code at}. */
    void place(Together run, int at) {
        if (run.at == at) {
            return;
        }
        for (int i = 0; i < run.features.length; i++) {
            int feature = run.features[i];
            row.values[feature] = run.values[i];
            row.sizes[feature] = run.sizes[i];
            row.from[feature] = at + run.offsets[i];
        }
        run.at = at;
    }

    /** The row is read without this layout, so that nothing in it stands where it stood. */
    void leave() {
        Arrays.fill(changed, false);
        for (Step step : steps) {
            if (step instanceof Together run) {
                run.at = -1;
            }
        }
    }

    /** A row that could not be read by the steps was read without them: makes new ones. */
    void learn(byte[] bytes) {
        List<Step> learned = new ArrayList<>();
        List<Integer> run = new ArrayList<>();
        for (int feature : order) {
            varying[feature] |= fixed[feature] && (changed[feature] || !row.even(feature));
            fixed[feature] = row.even(feature) && !varying[feature];
            if (fixed[feature]) {
                run.add(feature);
            } else {
                end(run, bytes, learned);
                learned.add(new Alone(feature));
            }
        }
        end(run, bytes, learned);
        steps = learned.toArray(Step[]::new);
        number++;
    }

    /** The feature did not come as it did before. */
    void varies(int feature) {
        changed[feature] = true;
    }

    private void end(List<Integer> run, byte[] bytes, List<Step> learned) {
        if (!run.isEmpty()) {
            learned.add(together(run.stream().mapToInt(feature -> feature).toArray(), bytes));
            run.clear();
        }
    }

    private Together together(int[] features, byte[] bytes) {
        int start = row.start(features[0]);
        int end = row.end(features[features.length - 1]);
        byte[] mask = new byte[end - start];
        Arrays.fill(mask, (byte) 0xff);
        for (int feature : features) {
            byte same = row.values[feature] == Values.FLOATS ? 0 : (byte) 0x80;
            Arrays.fill(mask, row.from[feature] - start, row.end(feature) - start, same);
        }
        return new Together(new FixedRun(Arrays.copyOfRange(bytes, start, end), mask), features,
                Arrays.stream(features).mapToObj(feature -> row.values[feature]).toArray(Values[]::new),
                Arrays.stream(features).map(feature -> row.sizes[feature]).toArray(),
                Arrays.stream(features).map(feature -> row.from[feature] - start).toArray());
    }
}
