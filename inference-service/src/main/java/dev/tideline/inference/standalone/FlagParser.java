package dev.tideline.inference.standalone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code --a=b} and {@code --a b}; a switch may stand alone. Names with a dot are configuration keys and go through. */
final class FlagParser {

    /** @param keys configuration keys that were given as such */
    record Parsed(SortedMap<String, String> flags, Map<String, String> keys, List<String> problems) {}

    private static final int NEAR = 4;

    private final SortedMap<String, String> flags = new TreeMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private FlagParser() {}

    static Parsed parse(List<String> arguments) {
        FlagParser parser = new FlagParser();
        int next = 0;
        while (next < arguments.size()) {
            next = parser.take(arguments, next);
        }
        return new Parsed(parser.flags, parser.keys, parser.problems);
    }

    /** @return where to go on */
    private int take(List<String> arguments, int at) {
        String argument = arguments.get(at);
        if (!argument.startsWith("--") || argument.length() == 2) {
            problems.add(argument + " (expected: a flag, such as --model_name=m)");
            return at + 1;
        }
        int equals = argument.indexOf('=');
        String given = argument.substring(2, equals < 0 ? argument.length() : equals);
        if (given.contains(".")) {
            return takeKey(given, equals < 0 ? "true" : argument.substring(equals + 1), at);
        }
        String name = given.replace('-', '_');
        Flag flag = FlagCatalogue.BY_NAME.get(name);
        if (flag == null) {
            problems.add("--" + given + " (expected: a flag that there is" + nearest(name).map(near -> "; --" + near + "?").orElse("") + ")");
            return at + 1;
        }
        if (equals >= 0) {
            put(flag, argument.substring(equals + 1));
            return at + 1;
        }
        boolean hasNext = at + 1 < arguments.size() && !arguments.get(at + 1).startsWith("--");
        if (flag.kind() == Flag.Kind.SWITCH) {
            boolean value = hasNext && truth(arguments.get(at + 1)).isPresent();
            put(flag, value ? arguments.get(at + 1) : "true");
            return at + (value ? 2 : 1);
        }
        if (!hasNext) {
            problems.add("--" + given + " (expected: a value)");
            return at + 1;
        }
        put(flag, arguments.get(at + 1));
        return at + 2;
    }

    private int takeKey(String key, String value, int at) {
        keys.put(key, value);
        return at + 1;
    }

    private void put(Flag flag, String value) {
        String text = value;
        switch (flag.kind()) {
            case NUMBER -> {
                if (!value.matches("-?[0-9]{1,15}(\\.[0-9]+)?")) {
                    problems.add("--" + flag.name() + ": " + value + " (expected: a number)");
                }
            }
            case SWITCH -> {
                Optional<Boolean> truth = truth(value);
                if (truth.isEmpty()) {
                    problems.add("--" + flag.name() + ": " + value + " (expected: true or false)");
                }
                text = truth.map(String::valueOf).orElse(value);
            }
            case TEXT, FILE -> { }
        }
        flags.put(flag.name(), text);
    }

    private static Optional<Boolean> truth(String value) {
        return switch (value) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<String> nearest(String name) {
        return FlagCatalogue.ALL.stream().map(Flag::name)
                .min(java.util.Comparator.comparingInt(candidate -> distance(name, candidate)))
                .filter(candidate -> distance(name, candidate) <= NEAR);
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
