package dev.tideline.inference.rest;

/** {@code {"error": "..."}}. */
final class ErrorBody {

    private ErrorBody() {}

    static byte[] write(String message) {
        JsonWriter json = new JsonWriter(64 + message.length());
        json.startObject();
        json.key("error");
        json.string(message);
        json.endObject();
        return json.toByteArray();
    }
}
