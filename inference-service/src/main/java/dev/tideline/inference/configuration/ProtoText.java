package dev.tideline.inference.configuration;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads protobuf's text form. Failures name file, line and column. */
public final class ProtoText {

    /** Beyond this, a file is something else. */
    private static final long MAX_BYTES = 16 << 20;

    private ProtoText() {}

    /**
     * @param builder takes what the file says
     * @throws InvalidConfigurationException when the file cannot be read, or has a line that the message does not know
     */
    public static void read(Path file, Message.Builder builder) {
        String text;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("more than " + MAX_BYTES + " bytes");
            }
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidConfigurationException(List.of(file + ": " + e + " (expected: a file with a "
                    + builder.getDescriptorForType().getFullName() + " as protobuf text)"));
        }
        parse(file.toString(), text, builder);
    }

    /** @param where for messages, such as the file's name */
    public static void parse(String where, String text, Message.Builder builder) {
        try {
            TextFormat.merge(text, builder);
        } catch (TextFormat.ParseException e) {
            String message = String.valueOf(e.getMessage());
            String position = e.getLine() + ":" + e.getColumn() + ": ";
            throw new InvalidConfigurationException(List.of("Error parsing text-format " + builder.getDescriptorForType().getFullName() + ": "
                    + where + ":" + position + (message.startsWith(position) ? message.substring(position.length()) : message)));
        }
    }
}
