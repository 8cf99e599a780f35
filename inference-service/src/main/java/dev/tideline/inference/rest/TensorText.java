package dev.tideline.inference.rest;

import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import java.util.Base64;

/** Writes the elements of one output as nested lists, from one dimension on, part after part. */
final class TensorText {

    private static final String BYTES_SUFFIX = "_bytes";

    private final JsonWriter json;
    private final String name;
    private final Tensor tensor;
    private final Shape shape;
    private final int fromDimension;
    private int next;

    TensorText(JsonWriter json, String name, Tensor tensor, int fromDimension) {
        this.json = json;
        this.name = name;
        this.tensor = tensor;
        this.shape = tensor.shape();
        this.fromDimension = fromDimension;
        this.next = tensor.offset();
        switch (tensor.type()) {
            case FLOAT, DOUBLE, INT32, INT16, INT8, UINT8, STRING, INT64, BOOL, UINT32, UINT64 -> { }
            default -> throw StatusException.invalid("Failed to write JSON value for tensor type: " + tensor.type().label());
        }
    }

    String name() {
        return name;
    }

    void writeNext() {
        write(fromDimension);
    }

    private void write(int dimension) {
        if (dimension == shape.rank()) {
            element(next++);
            return;
        }
        json.startList();
        for (long i = 0; i < shape.size(dimension); i++) {
            write(dimension + 1);
        }
        json.endList();
    }

    private void element(int index) {
        switch (tensor.values()) {
            case Values.Floats v -> json.number(v.array()[index]);
            case Values.Doubles v -> json.number(v.array()[index]);
            case Values.Ints v -> json.number(
                    tensor.type() == DataType.UINT32 ? Integer.toUnsignedLong(v.array()[index]) : v.array()[index]);
            case Values.Longs v -> {
                if (tensor.type() == DataType.UINT64) {
                    json.unsigned(v.array()[index]);
                } else {
                    json.number(v.array()[index]);
                }
            }
            case Values.Shorts v -> json.number((long) v.array()[index]);
            case Values.Bytes v -> oneByte(v.array()[index]);
            case Values.Strings v -> text(v.array()[index]);
        }
    }

    private void oneByte(byte value) {
        switch (tensor.type()) {
            case BOOL -> json.bool(value != 0);
            case UINT8 -> json.number((long) Byte.toUnsignedInt(value));
            default -> json.number((long) value);
        }
    }

    /** An output whose alias ends in {@code _bytes} holds bytes, any other one text. */
    private void text(byte[] value) {
        if (!name.endsWith(BYTES_SUFFIX)) {
            json.string(value);
            return;
        }
        json.startObject();
        json.key("b64");
        json.string(Base64.getEncoder().encode(value));
        json.endObject();
    }
}
