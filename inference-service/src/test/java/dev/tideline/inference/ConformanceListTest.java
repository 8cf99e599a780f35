package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every case of TensorFlow Serving's tests is in the list of the documentation, with the tests that have its number in their name. */
class ConformanceListTest {

    private static final Path LIST = Path.of("../docs/reference/tensorflow-serving-cases.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Map<String, Integer> GROUPS =
            Map.of("E", 32, "R", 17, "J", 20, "G", 6, "S", 8, "B", 13, "W", 1, "Q", 1, "P", 1, "H", 1);
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]\\d\\d) \\| .+ \\| (.+) \\|$");
    private static final Pattern NAME = Pattern.compile("@DisplayName\\(\"([A-Z]\\d\\d(?:, [A-Z]\\d\\d)*): ");

    /** By case, what the list says of it. */
    private static SortedMap<String, String> listed() throws IOException {
        SortedMap<String, String> rows = new TreeMap<>();
        for (MatchResult row : ROW.matcher(Files.readString(LIST)).results().toList()) {
            assertThat(rows.put(row.group(1), row.group(2))).as("case %s is listed twice", row.group(1)).isNull();
        }
        return rows;
    }

    /** By case, the test classes with its number. */
    private static SortedMap<String, SortedSet<String>> tested() throws IOException {
        SortedMap<String, SortedSet<String>> tests = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(TESTS)) {
            files = all.filter(file -> file.toString().endsWith(".java")).toList();
        }
        for (Path file : files) {
            String testClass = file.getFileName().toString().replace(".java", "");
            for (MatchResult name : NAME.matcher(Files.readString(file)).results().toList()) {
                Arrays.stream(name.group(1).split(", ")).forEach(id -> tests.computeIfAbsent(id, key -> new TreeSet<>()).add(testClass));
            }
        }
        return tests;
    }

    private static List<String> cases() {
        List<String> cases = new ArrayList<>(List.of("C01"));
        GROUPS.forEach((group, count) -> {
            for (int i = 1; i <= count; i++) {
                cases.add("%s%02d".formatted(group, i));
            }
        });
        return cases;
    }

    @Test
    void everyCaseIsListedAndNoOther() throws IOException {
        assertThat(listed().keySet()).containsExactlyInAnyOrderElementsOf(cases());
    }

    @Test
    void listedTestsHaveTheirCasesNumberAndTheReverse() throws IOException {
        SortedMap<String, SortedSet<String>> tested = tested();
        SortedMap<String, SortedSet<String>> claimed = new TreeMap<>();
        listed().forEach((id, what) -> {
            if (!what.startsWith("not applicable: ")) {
                claimed.put(id, new TreeSet<>(Arrays.asList(what.replace("`", "").split(", "))));
            }
        });

        assertThat(tested).isEqualTo(claimed);
    }
}
