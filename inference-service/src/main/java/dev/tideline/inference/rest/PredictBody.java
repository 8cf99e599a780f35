package dev.tideline.inference.rest;

import dev.tideline.inference.status.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checked outline of a request body: where the values of its top-level keys begin. Later text is ignored, and so are later twins. */
final class PredictBody {

    private final byte[] text;
    private final int end;
    private final Map<String, Integer> members;
    private final @Nullable NumberRuns runs;

    private PredictBody(byte[] text, int end, Map<String, Integer> members, @Nullable NumberRuns runs) {
        this.runs = runs;
        this.text = text;
        this.end = end;
        this.members = members;
    }

    /** @throws StatusException INVALID_ARGUMENT when the text is no JSON object */
    static PredictBody parse(byte[] text) {
        return parse(text, null);
    }

    /**
     * @param runs gathers the floats of lists on the way
     * @throws StatusException INVALID_ARGUMENT when the text is no JSON object
     */
    static PredictBody parse(byte[] text, @Nullable NumberRuns runs) {
        JsonCursor cursor = new JsonCursor(text, 0, text.length, runs);
        if (cursor.peek() < 0) {
            throw StatusException.invalid("JSON Parse error: The document is empty");
        }
        if (cursor.peek() != '{') {
            int start = cursor.position();
            cursor.skipValue();
            throw StatusException.invalid("JSON Value: " + cursor.shown(start) + " Is not object");
        }
        Map<String, Integer> members = new LinkedHashMap<>();
        cursor.take('{');
        boolean more = !cursor.take('}');
        while (more) {
            if (cursor.peek() != '"') {
                throw cursor.error("Missing a name for object member.");
            }
            String name = cursor.readText();
            if (!cursor.take(':')) {
                throw cursor.error("Missing a colon after a name of object member.");
            }
            cursor.peek();
            members.putIfAbsent(name, cursor.position());
            cursor.skipValue();
            more = cursor.take(',');
            if (!more && !cursor.take('}')) {
                throw cursor.error("Missing a comma or } after an object member.");
            }
        }
        return new PredictBody(text, cursor.position(), members, runs);
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    /** A cursor at the value of {@code name}. */
    @Nullable JsonCursor at(String name) {
        Integer start = members.get(name);
        return start == null ? null : new JsonCursor(text, start, end, runs);
    }

    int end() {
        return end;
    }

    /** The signature that the body names; empty when it names none. */
    String signatureName() {
        JsonCursor cursor = at("signature_name");
        if (cursor == null) {
            return "";
        }
        if (cursor.peek() != '"') {
            throw formatError("not formatted correctly. 'signature_name' key must be a string value.");
        }
        return cursor.readText();
    }

    StatusException formatError(String what) {
        JsonCursor whole = new JsonCursor(text);
        whole.moveTo(end);
        return StatusException.invalid("JSON Value: " + whole.shown(0).strip() + " " + what);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
