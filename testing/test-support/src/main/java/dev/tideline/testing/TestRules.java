package dev.tideline.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** How tests are written. */
final class TestRules {

    private TestRules() {}

    static List<ArchRule> all() {
        return List.of(noSleep(), noMocks(), noSkippedTests());
    }

    private static ArchRule noSleep() {
        return noClasses().should().callMethod(Thread.class, "sleep", long.class)
                .orShould().callMethod(Thread.class, "sleep", java.time.Duration.class)
                .because("a sleep is too short on a slow machine and too long on every other: wait with Awaitility");
    }

    private static ArchRule noMocks() {
        return noClasses().should().dependOnClassesThat().resideInAPackage("org.mockito..")
                .because("a mock repeats what its author believed; use the real part, or a small fake of our own interface");
    }

    private static ArchRule noSkippedTests() {
        return noMethods().should().beAnnotatedWith("org.junit.jupiter.api.Disabled")
                .because("a test that does not run proves nothing: mend it or delete it");
    }
}
