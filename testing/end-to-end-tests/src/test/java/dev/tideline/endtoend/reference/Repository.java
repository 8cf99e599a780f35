package dev.tideline.endtoend.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The repository's files, seen from this module. */
final class Repository {

    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    static final List<String> MODULES =
            List.of("libs/service-starter", "ingest-service", "training-service", "inference-service", "monitoring-service");

    private Repository() {}

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String reference(String page) {
        return read(ROOT.resolve("docs/reference").resolve(page));
    }

    /** The main source files of the services and of what they share. */
    static List<Path> sources() {
        return MODULES.stream().flatMap(module -> files(ROOT.resolve(module).resolve("src/main/java"), ".java").stream()).toList();
    }

    static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|\\.[^/]+)/.*")).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** First group of every match. */
    static Set<String> find(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
