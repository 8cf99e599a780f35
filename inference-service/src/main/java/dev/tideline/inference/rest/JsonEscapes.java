package dev.tideline.inference.rest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Resolves the escapes of a string whose grammar was checked before. */
final class JsonEscapes {

    private JsonEscapes() {}

    static byte[] decode(byte[] text, int from, int to) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (text[i] != '\\') {
                decoded[length++] = text[i];
                continue;
            }
            i++;
            if (text[i] != 'u') {
                decoded[length++] = simple(text[i]);
                continue;
            }
            int units = Character.isHighSurrogate(unit(text, i + 1)) ? 2 : 1;
            String character = units == 2
                    ? new String(new char[] {unit(text, i + 1), unit(text, i + 7)}) : String.valueOf(unit(text, i + 1));
            byte[] utf8 = character.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(utf8, 0, decoded, length, utf8.length);
            length += utf8.length;
            i += units == 2 ? 10 : 4;
        }
        return Arrays.copyOf(decoded, length);
    }

    private static byte simple(byte escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }

    private static char unit(byte[] text, int from) {
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            unit = unit << 4 | Character.digit(text[i], 16);
        }
        return (char) unit;
    }
}
