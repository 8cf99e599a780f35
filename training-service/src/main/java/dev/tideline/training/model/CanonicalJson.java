package dev.tideline.training.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/** JSON with fields in the order of their names: equal content, equal text, equal hash. */
final class CanonicalJson {

    private CanonicalJson() {}

    static String hash(JsonNode node) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text(node).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(JsonNode node) {
        var out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private static void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            String separator = "{";
            for (var name : node.propertyNames().stream().sorted().toList()) {
                out.append(separator).append('"').append(name.replace("\\", "\\\\").replace("\"", "\\\"")).append("\":");
                write(node.get(name), out);
                separator = ",";
            }
            out.append(node.isEmpty() ? "{}" : "}");
        } else if (node.isArray()) {
            String separator = "[";
            for (var item : node) {
                out.append(separator);
                write(item, out);
                separator = ",";
            }
            out.append(node.isEmpty() ? "[]" : "]");
        } else {
            out.append(node);
        }
    }
}
