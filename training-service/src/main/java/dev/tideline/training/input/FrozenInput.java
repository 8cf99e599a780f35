package dev.tideline.training.input;

import java.util.List;

/** A column and a transformation whose figures are settled. */
public record FrozenInput(Column column, Frozen transform) {

    /** How many numbers per record this input gives to the network. */
    public int width() {
        return transform.width(column.width());
    }

    /** A transformation with the figures of the training data in it. */
    public sealed interface Frozen {

        int width(int columnWidth);

        /** {@code (x - offset) * scale}. */
        record Scale(double offset, double scale) implements Frozen {
            @Override
            public int width(int columnWidth) {
                return columnWidth;
            }
        }

        /** {@code (clip(x, min, max) - min) / (max - min)}. */
        record Range(double min, double max) implements Frozen {
            @Override
            public int width(int columnWidth) {
                return columnWidth;
            }
        }

        /** {@code (sign(x) * log(1 + |x|) - offset) * scale}. */
        record Log(double offset, double scale) implements Frozen {
            @Override
            public int width(int columnWidth) {
                return columnWidth;
            }
        }

        /** One-hot of the interval that holds the value; {@code edges} are the inner bounds, strictly rising. */
        record Buckets(List<Double> edges) implements Frozen {
            public Buckets {
                edges = List.copyOf(edges);
            }

            @Override
            public int width(int columnWidth) {
                return columnWidth * (edges.size() + 1);
            }
        }

        /** One-hot of a value's place in {@code values} (as text), then of a hash over {@code oov} buckets. */
        record Vocabulary(List<String> values, int oov) implements Frozen {
            public Vocabulary {
                values = List.copyOf(values);
            }

            @Override
            public int width(int columnWidth) {
                return columnWidth * (values.size() + oov);
            }
        }

        /** One-hot of a hash modulo {@code buckets}. */
        record Hash(int buckets) implements Frozen {
            @Override
            public int width(int columnWidth) {
                return columnWidth * buckets;
            }
        }

        /** A trained vector per value of {@code vocabulary}. */
        record Embedding(int dimensions, Vocabulary vocabulary) implements Frozen {
            @Override
            public int width(int columnWidth) {
                return columnWidth * dimensions;
            }
        }
    }
}
