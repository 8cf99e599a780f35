package dev.tideline.inference.rest;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Values;

/** Collects the elements of one tensor from JSON scalars, in a primitive array that grows. */
abstract class JsonElements {

    private static final int FIRST_CAPACITY = 16;

    private final DataType type;
    private int size;
    private int capacity = FIRST_CAPACITY;

    JsonElements(DataType type) {
        this.type = type;
    }

    static JsonElements of(DataType type, JsonNumber number) {
        return switch (type) {
            case FLOAT -> new NumberElements.Floats(number);
            case DOUBLE -> new NumberElements.Doubles(number);
            case INT32, UINT32 -> new NumberElements.Ints(type, number);
            case INT16 -> new NumberElements.Shorts(type, number);
            case INT8, UINT8 -> new NumberElements.Bytes(type, number);
            case INT64, UINT64 -> new NumberElements.Longs(type, number);
            case BOOL -> new ScalarElements.Bools();
            case STRING -> new ScalarElements.Strings();
            default -> throw new StatusException(
                    StatusCode.UNIMPLEMENTED, "Conversion of JSON Value to type: " + type.label() + " is not supported");
        };
    }

    /** Reads the scalar at the cursor as the next element. */
    final void read(JsonCursor cursor) {
        int token = cursor.peek();
        if (size == capacity) {
            reserve(capacity);
        }
        int start = cursor.position();
        if (!add(cursor, token, size)) {
            cursor.moveTo(start);
            cursor.skipValue();
            throw StatusException.invalid("JSON Value: " + cursor.shown(start) + " Type: " + kind(token)
                    + " is not of expected type: " + type.label());
        }
        size++;
    }

    /**
     * Reads some of the elements from the cursor on and the commas between them; {@link #read} takes those that are left.
     *
     * @return how many; 0 where there is no faster way than one by one
     */
    final int readRun(JsonCursor cursor) {
        int n = run(cursor);
        size += n;
        return n;
    }

    int run(JsonCursor cursor) {
        return 0;
    }

    /** @return false when the scalar is none of this type */
    abstract boolean add(JsonCursor cursor, int token, int index);

    abstract void grow(int newCapacity);

    /** The array, which may be longer than what was read. */
    abstract Values values();

    final int size() {
        return size;
    }

    final DataType type() {
        return type;
    }

    /** Makes room for {@code more} elements; a hint, so never for more than the text can hold. */
    final void reserve(int more) {
        if (size + more > capacity) {
            capacity = size + more;
            grow(capacity);
        }
    }

    /** Makes room for what is about to be read. */
    final void ensure(int more) {
        if (size + more > capacity) {
            reserve(Math.max(more, capacity));
        }
    }

    static boolean isNumber(int token) {
        return token >= '0' && token <= '9' || token == '-' || token == 'N' || token == 'I';
    }

    static String kind(int token) {
        return switch (token) {
            case '"' -> "String";
            case '{' -> "Object";
            case '[' -> "Array";
            case 't' -> "True";
            case 'f' -> "False";
            case 'n' -> "Null";
            default -> "Number";
        };
    }
}
