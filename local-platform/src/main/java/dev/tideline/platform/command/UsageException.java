package dev.tideline.platform.command;

import java.util.List;

/** The command line cannot be understood; the message has one line per problem. */
final class UsageException extends RuntimeException {

    UsageException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
