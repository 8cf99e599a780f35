package dev.tideline.inference.rest;

import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code "instances"}: a list of values for the only input, or of objects with a value per input. */
final class RowInputs {

    private final JsonCursor cursor;
    private final int limit;
    private final List<String> names;
    private final byte[][] keys;
    private final JsonTensor[] tensors;
    private final boolean[] seen;

    RowInputs(JsonCursor cursor, int limit, Signature signature) {
        this.cursor = cursor;
        this.limit = limit;
        this.names = new ArrayList<>(signature.inputs().keySet());
        JsonNumber number = new JsonNumber(cursor.text());
        this.tensors = signature.inputs().values().stream().map(spec -> new JsonTensor(spec, number)).toArray(JsonTensor[]::new);
        this.keys = names.stream().map(PredictBody::utf8).toArray(byte[][]::new);
        this.seen = new boolean[keys.length];
    }

    Map<String, Tensor> read() {
        cursor.take('[');
        boolean objects = atObject();
        if (!objects && names.size() > 1) {
            throw StatusException.invalid("instances is a plain list, but expecting list of objects as multiple input tensors required"
                    + " as per tensorinfo_map");
        }
        int row = 0;
        do {
            if (objects != atObject()) {
                throw StatusException.invalid((objects ? "Expecting object but got list" : "Expecting value/list but got object")
                        + " at item " + row + " of input list");
            }
            int start = cursor.position();
            if (objects) {
                object(row);
            } else {
                plain(row);
            }
            if (row++ == 0) {
                expectRows((limit - start) / (cursor.position() - start + 1));
            }
        } while (cursor.nextOrClose(']'));
        return inputs();
    }

    /** All rows are about as long as the first, and a comma, or the arrays grow after all. A row has fewer elements than characters. */
    private void expectRows(int rows) {
        for (JsonTensor tensor : tensors) {
            tensor.expect(rows);
        }
    }

    private boolean atObject() {
        return cursor.peek() == '{' && !Base64Object.at(cursor);
    }

    private void plain(int row) {
        try {
            tensors[0].row(cursor);
        } catch (StatusException e) {
            throw new StatusException(e.code(), "Failed to process element: " + row + " of 'instances' list. Error: " + e.code() + ": "
                    + e.text());
        }
    }

    private void object(int row) {
        int start = cursor.position();
        Arrays.fill(seen, false);
        int count = 0;
        boolean twice = false;
        cursor.take('{');
        if (!cursor.take('}')) {
            int expected = 0;
            do {
                cursor.peek();
                int input = input(expected, row);
                expected = input + 1;
                cursor.take(':');
                twice |= seen[input];
                seen[input] = true;
                count++;
                value(input, row);
            } while (cursor.nextOrClose('}'));
        }
        if (count != names.size() || twice) {
            throw StatusException.invalid("Failed to process element: " + row + " of 'instances' list. JSON object: "
                    + cursor.shown(start) + " keys must be equal to: " + String.join(",", names));
        }
    }

    private void value(int input, int row) {
        try {
            tensors[input].row(cursor);
        } catch (StatusException e) {
            throw failed(row, names.get(input), e);
        }
    }

    /** Which input the key at the cursor names; keys mostly come in the same order, so the expected one is tried first. */
    private int input(int expected, int row) {
        for (int i = 0; i < keys.length; i++) {
            int candidate = (expected + i) % keys.length;
            if (cursor.takeString(keys[candidate])) {
                return candidate;
            }
        }
        String name = cursor.readText();
        int escaped = names.indexOf(name);
        if (escaped >= 0) {
            return escaped;
        }
        throw failed(row, name, StatusException.invalid("JSON object: does not have named input: " + name));
    }

    private static StatusException failed(int row, String name, StatusException e) {
        return new StatusException(e.code(), "Failed to process element: " + row + " key: " + name + " of 'instances' list. Error: "
                + e.code() + ": " + e.text());
    }

    private Map<String, Tensor> inputs() {
        Map<String, Tensor> inputs = LinkedHashMap.newLinkedHashMap(names.size());
        for (int i = 0; i < tensors.length; i++) {
            inputs.put(names.get(i), tensors[i].stacked());
        }
        return inputs;
    }
}
