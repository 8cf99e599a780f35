package dev.tideline.monitoring.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tideline.contracts.Problem;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.starter.error.TidelineException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RuleReaderTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Schema SCHEMA = new Schema(1, List.of(FeatureSpec.scalar("id", Kind.TEXT), FeatureSpec.scalar("x", Kind.FLOAT),
            new FeatureSpec("age", Kind.INT, List.of(), false, null, null), FeatureSpec.scalar("name", Kind.TEXT),
            FeatureSpec.scalar("late", Kind.INT)), "late", "id", null);

    @Test
    void whatIsAbsentTakesTheDefault() {
        assertThat(read("{}")).isEqualTo(ArchiveRule.defaults());
    }

    @Test
    void everyPartIsRead() {
        assertThat(read("{'enabled':false,'share':0.25,'maxAge':'p30d','redact':{'name':'HASH','age':'DROP'}}")).isEqualTo(new ArchiveRule(
                false, 0.25, Duration.ofDays(30), new TreeMap<>(Map.of("name", ArchiveRule.Redaction.HASH, "age", ArchiveRule.Redaction.DROP))));
    }

    @Test
    void allMistakesAreToldAtOnce() {
        TidelineException refused = catchThrowableOfType(TidelineException.class,
                () -> read("{'enabled':1,'share':'all','maxAge':'soon','redact':{'name':'BURN'},'sample':2}"));
        assertThat(refused.problems()).extracting(Problem::pointer)
                .containsExactlyInAnyOrder("/enabled", "/share", "/maxAge", "/redact/name", "/sample");
    }

    @Test
    void valuesOutOfRangeAreProblems() {
        assertThat(read("{'share':1.5,'maxAge':'PT0S'}").problems()).extracting(Problem::toString).containsExactly(
                "/share: 1.5 (expected: 0 to 1)", "/maxAge: PT0S (expected: above 0)");
        assertThat(new ArchiveRule(true, Double.NaN, null, new TreeMap<>()).problems()).hasSize(1);
    }

    @Test
    void aRuleMayNotBreakTheSchema() {
        assertThat(RuleCheck.problems(read("{'redact':{'x':'DROP','age':'HASH','late':'DROP','gone':'DROP'}}"), SCHEMA))
                .extracting(Problem::toString).containsExactly(
                        "/redact/age: HASH (expected: DROP for a feature of kind INT)",
                        "/redact/gone: DROP (expected: a feature of the dataset)",
                        "/redact/late: DROP (expected: a feature other than the label, without which a row teaches nothing)",
                        "/redact/x: DROP (expected: a feature that is optional or has a default, or HASH)");
    }

    @Test
    void keysOptionalFeaturesAndOutputsMayBeDropped() {
        assertThat(RuleCheck.problems(read("{'redact':{'id':'DROP','age':'DROP','name':'HASH','output/score':'DROP'}}"), SCHEMA)).isEmpty();
    }

    private static ArchiveRule read(String json) {
        return new RuleReader().read(JSON.readTree(json.replace('\'', '"')));
    }
}
