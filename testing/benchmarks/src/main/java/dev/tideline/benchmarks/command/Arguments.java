package dev.tideline.benchmarks.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Arguments of a benchmark, each written {@code --name=value}. */
public final class Arguments {

    private final Map<String, String> given;

    private Arguments(Map<String, String> given) {
        this.given = given;
    }

    /**
     * @param usage holds {@code --name=} of every argument that there is
     * @throws IllegalArgumentException that names every argument that is wrong
     */
    public static Arguments parse(String[] args, String usage) {
        Map<String, String> given = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0 || !usage.contains(arg.substring(0, equals + 1))) {
                wrong.add(arg);
            } else {
                given.put(arg.substring(2, equals), arg.substring(equals + 1));
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("arguments: " + wrong + " (expected:\n" + usage + ")");
        }
        return new Arguments(given);
    }

    public String text(String name, String fallback) {
        return given.getOrDefault(name, fallback);
    }

    /** @throws NumberFormatException for what is no whole number */
    public int number(String name, int fallback) {
        return Integer.parseInt(text(name, Integer.toString(fallback)));
    }

    /** Values between commas. */
    public List<String> list(String name, String fallback) {
        return Arrays.asList(text(name, fallback).split(","));
    }

    /** Constants of an enum between commas, in lower case. */
    public <E extends Enum<E>> List<E> constants(Class<E> type, String name, String fallback) {
        return list(name, fallback).stream().map(constant -> Enum.valueOf(type, constant.toUpperCase(Locale.ROOT))).toList();
    }

    /** Flags between blanks; none when the argument is absent. */
    public List<String> flags(String name) {
        return Arrays.stream(text(name, "").split(" ")).filter(flag -> !flag.isBlank()).toList();
    }
}
