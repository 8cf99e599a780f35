package dev.tideline.platform.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The options after a command, and everything that is wrong with them. */
final class Flags {

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> switches = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param valued options that take a value, as {@code --data DIR} or {@code --data=DIR}
     * @param bare   options without one
     */
    Flags(List<String> arguments, Set<String> valued, Set<String> bare) {
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            var split = argument.indexOf('=');
            var name = split < 0 ? argument : argument.substring(0, split);
            if (bare.contains(argument)) {
                switches.add(argument);
            } else if (!valued.contains(name)) {
                var known = new java.util.TreeSet<>(valued);
                known.addAll(bare);
                problems.add(argument + ": unknown (expected: " + String.join(", ", known) + ")");
            } else if (split >= 0) {
                values.put(name, argument.substring(split + 1));
            } else if (i + 1 < arguments.size()) {
                values.put(name, arguments.get(++i));
            } else {
                problems.add(argument + ": nothing follows (expected: a value)");
            }
        }
    }

    boolean has(String name) {
        return switches.contains(name) || values.containsKey(name);
    }

    @Nullable String value(String name) {
        return values.get(name);
    }

    /** The converted value, or {@code absent} when it is not given or cannot be converted, which becomes a problem. */
    <T extends @Nullable Object> T value(String name, String expected, Function<String, T> convert, T absent) {
        var value = values.get(name);
        if (value == null) {
            return absent;
        }
        try {
            return convert.apply(value);
        } catch (IllegalArgumentException e) {
            problem(name + ": " + value + " (expected: " + expected + ")");
            return absent;
        }
    }

    void problem(String problem) {
        problems.add(problem);
    }

    /** @throws UsageException with all problems at once */
    void check() {
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
    }
}
