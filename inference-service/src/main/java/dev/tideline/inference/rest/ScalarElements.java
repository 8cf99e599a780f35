package dev.tideline.inference.rest;

import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Values;
import java.util.Arrays;

/** Elements that are no numbers. */
final class ScalarElements {

    private ScalarElements() {}

    /** {@code true} and {@code false}, nothing else. */
    static final class Bools extends JsonElements {
        private byte[] array = new byte[16];

        Bools() {
            super(DataType.BOOL);
        }

        @Override
        boolean add(JsonCursor cursor, int token, int index) {
            if (token != 't' && token != 'f') {
                return false;
            }
            cursor.skipLiteral(token == 't' ? "true" : "false");
            array[index] = (byte) (token == 't' ? 1 : 0);
            return true;
        }

        @Override
        void grow(int newCapacity) {
            array = Arrays.copyOf(array, newCapacity);
        }

        @Override
        Values values() {
            return new Values.Bytes(array);
        }
    }

    /** A JSON string, or {@code {"b64": "..."}} for any bytes. */
    static final class Strings extends JsonElements {
        private byte[][] array = new byte[16][];

        Strings() {
            super(DataType.STRING);
        }

        @Override
        boolean add(JsonCursor cursor, int token, int index) {
            if (token == '"') {
                array[index] = cursor.readString();
                return true;
            }
            if (token != '{') {
                return false;
            }
            if (!Base64Object.at(cursor)) {
                int start = cursor.position();
                cursor.skipValue();
                throw StatusException.invalid("JSON Value: " + cursor.shown(start) + " not formatted correctly for base64 data");
            }
            array[index] = Base64Object.read(cursor);
            return true;
        }

        @Override
        void grow(int newCapacity) {
            array = Arrays.copyOf(array, newCapacity);
        }

        @Override
        Values values() {
            return new Values.Strings(array);
        }
    }
}
