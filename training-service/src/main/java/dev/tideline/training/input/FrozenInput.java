package dev.tideline.training.input;

import dev.tideline.training.model.Dims;
import dev.tideline.training.model.Transform;
import java.util.List;

/**
 * A column and a transformation whose figures are settled.
 *
 * @param name by which layers ask for it
 */
public record FrozenInput(String name, Column column, Frozen transform) {

    /** Named after its column. */
    public FrozenInput(Column column, Frozen transform) {
        this(column.name(), column, transform);
    }

    /** How many numbers per record this input gives to the network. */
    public int width() {
        return transform.width(column.width());
    }

    /** Shape of what this input gives to the network. */
    public Dims dims() {
        return transform instanceof Frozen.Image image
            ? Dims.image(image.height(), image.width(), image.channels()) : Dims.flat(width());
    }

    /** Every raw feature it is made of. */
    public List<Column> columns() {
        return transform instanceof Frozen.Cross cross ? cross.parts().stream().map(Frozen.Part::column).toList() : List.of(column);
    }

    /** A transformation with the figures of the training data in it. */
    public sealed interface Frozen {

        int width(int columnWidth);

        /**
         * {@code (x - offset) * scale}, within {@code [-limit, limit]}.
         *
         * @param limit 0: none
         */
        record Scale(double offset, double scale, double limit) implements Frozen {
            public Scale(double offset, double scale) {
                this(offset, scale, 0);
            }

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

        /** One-hot of a hash over the values of all {@code parts} together. */
        record Cross(List<Part> parts, int buckets) implements Frozen {
            public Cross {
                parts = List.copyOf(parts);
            }

            @Override
            public int width(int columnWidth) {
                return buckets;
            }
        }

        /** @param edges the inner bounds of a number's buckets; empty takes the value itself */
        record Part(Column column, List<Double> edges) {
            public Part {
                edges = List.copyOf(edges);
            }
        }

        /** A decoded and resized picture, {@code byte * (max - min) / 255 + min}. */
        record Image(int height, int width, int channels, Transform.Resize resize, double min, double max) implements Frozen {
            @Override
            public int width(int columnWidth) {
                return height * width * channels;
            }
        }
    }
}
