package dev.tideline.monitoring.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.monitoring.archive.ArchiveRule.Redaction;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RedactorTest {

    private static final Example ROW = Example.of(Map.of("name", Feature.text("Ann", "Bob", "Ann"), "age", Feature.longs(41)));

    @Test
    void leavesOutWhatIsToBeDropped() {
        assertThat(redactor(Map.of("age", Redaction.DROP), 1).apply(ROW).features()).containsOnlyKeys("name");
    }

    @Test
    void hashesEqualValuesEquallyUnderOneSecretOnly() {
        Feature.Bytes one = hashed(1);
        assertThat(one.text(0)).isEqualTo(one.text(2)).isNotEqualTo(one.text(1)).doesNotContain("Ann");
        assertThat(hashed(1)).isEqualTo(one);
        assertThat(hashed(2)).isNotEqualTo(one);
    }

    @Test
    void leavesOutANumberThatWasToBeHashed() {
        assertThat(redactor(Map.of("age", Redaction.HASH), 1).apply(ROW).features()).containsOnlyKeys("name");
    }

    @Test
    void namesWhatItHidesOfARow() {
        assertThat(redactor(Map.of("age", Redaction.DROP, "street", Redaction.DROP), 1).hidden(ROW)).containsExactly("age");
    }

    @Test
    void withoutARuleARowIsTheSame() {
        assertThat(redactor(Map.of(), 1).apply(ROW)).isSameAs(ROW);
    }

    private static Feature.Bytes hashed(int secret) {
        return (Feature.Bytes) redactor(Map.of("name", Redaction.HASH), secret).apply(ROW).feature("name");
    }

    private static Redactor redactor(Map<String, Redaction> redact, int secret) {
        return new Redactor(new TreeMap<>(redact), new byte[] {(byte) secret});
    }
}
