package dev.tideline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HouseRulesTest {

    private static final String FIXTURES = "dev.tideline.testing.fixture.";

    @Test
    void holdForCodeThatKeepsThem() {
        assertThat(violations("good")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Cycle detected", "Secret", "package dev.tideline.testing.fixture.bad.undescribed", "Instant.now()",
        "java.util.Random", "locked", "RuntimeException", "Careless.field", "parameter(java.util.Optional)", "toLowerCase()"})
    void nameWhatIsWrong(String trace) {
        assertThat(violations("bad")).anySatisfy(violation -> assertThat(violation).contains(trace));
    }

    @Test
    void giveAReasonForEveryViolation() {
        assertThat(violations("bad")).isNotEmpty().allSatisfy(violation -> assertThat(violation).contains(", because "));
    }

    @Test
    void letNoTestSleep() {
        var classes = new ClassFileImporter().importPackages(FIXTURES + "bad");

        assertThat(HouseRules.violations(TestRules.all(), classes)).singleElement().asString().contains("sleepy");
    }

    @Test
    void refuseAFileThatIsTooLong(@TempDir Path sources) throws IOException {
        Files.writeString(sources.resolve("Long.java"), "//\n".repeat(501));
        Files.writeString(sources.resolve("Short.java"), "//\n".repeat(500));

        assertThat(SourceRules.violations(sources)).singleElement().asString().contains("Long.java: 501 lines");
    }

    @Test
    void holdForTheServersThatTestsUse() {
        HouseRules.check("dev.tideline.local");
    }

    @Test
    void failWithEveryBrokenRuleAtOnce() {
        assertThatThrownBy(() -> HouseRules.check("dev.tideline.testing.fixture.bad")).isInstanceOf(AssertionError.class);
    }

    private static List<String> violations(String fixture) {
        var base = FIXTURES + fixture;
        return HouseRules.violations(HouseRules.mainRules(base), new ClassFileImporter().importPackages(base));
    }
}
