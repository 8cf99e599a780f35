package dev.tideline.monitoring.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.features.Domain;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ArchivedExampleTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
    private static final Redactor OPEN = new Redactor(new TreeMap<>(), new byte[] {1});

    @Test
    void hasTheInputsAndTheLabelButNoOutputs() {
        Example example = archived(schema(null, null), Map.of("x", Feature.floats(2), "output/label", Feature.longs(0)));
        assertThat(example.features()).isEqualTo(Map.of("x", Feature.floats(2), "y", Feature.longs(1)));
    }

    @Test
    void leavesOutWhatTheDatasetDoesNotKnow() {
        Example example = archived(schema(null, null), Map.of("x", Feature.floats(2), "extra", Feature.longs(0)));
        assertThat(example.features()).containsOnlyKeys("x", "y");
    }

    @Test
    void takesThePredictionIdAsKey() {
        Schema schema = schema(FeatureSpec.scalar("id", Kind.TEXT), null);
        assertThat(archived(schema, Map.of("x", Feature.floats(2))).feature("id")).isEqualTo(Feature.text("r-0"));
    }

    @Test
    void makesANumberOfThePredictionIdForANumericKey() {
        Schema schema = schema(FeatureSpec.scalar("id", Kind.INT), null);
        Feature key = archived(schema, Map.of("x", Feature.floats(2))).feature("id");
        assertThat(((Feature.Longs) key).values()[0]).isPositive();
    }

    @Test
    void takesTheEventTimeInTheFormOfTheTimeFeature() {
        assertThat(archived(schema(null, FeatureSpec.scalar("at", Kind.TEXT)), Map.of("x", Feature.floats(2))).feature("at"))
                .isEqualTo(Feature.text("2026-03-01T12:00:00Z"));
        assertThat(archived(schema(null, FeatureSpec.scalar("at", Kind.INT)), Map.of("x", Feature.floats(2))).feature("at"))
                .isEqualTo(Feature.longs(TIME.toEpochMilli()));
    }

    @Test
    void keepsAKeyThatThePredictionHas() {
        Schema schema = schema(FeatureSpec.scalar("id", Kind.TEXT), null);
        assertThat(archived(schema, Map.of("x", Feature.floats(2), "id", Feature.text("own"))).feature("id"))
                .isEqualTo(Feature.text("own"));
    }

    @Test
    void isNotMadeWhenItWouldBreakTheSchema() {
        assertThat(ArchivedExample.of(prediction(Map.of("x", Feature.floats(1_000))), Feature.longs(1), model(schema(null, null)), OPEN))
                .isEmpty();
    }

    @Test
    void isNotMadeWithoutARequiredInput() {
        assertThat(ArchivedExample.of(prediction(Map.of()), Feature.longs(1), model(schema(null, null)), OPEN)).isEmpty();
    }

    @Test
    void saysWhereItComesFrom() {
        Schema schema = schema(null, null);
        var archived = ArchivedExample.of(prediction(Map.of("x", Feature.floats(2))), Feature.longs(1), model(schema), OPEN).orElseThrow();
        assertThat(archived.dataset()).isEqualTo("trips");
        assertThat(archived.headers()).containsOnly(
                Map.entry(RecordHeaders.CONTENT_TYPE, RecordHeaders.EXAMPLE),
                Map.entry(RecordHeaders.TIME, "2026-03-01T12:00:00Z"),
                Map.entry(RecordHeaders.PREDICTION_ID, "r-0"),
                Map.entry(RecordHeaders.MODEL, "durations"),
                Map.entry(RecordHeaders.MODEL_VERSION, "4"),
                Map.entry(RecordHeaders.SCHEMA_FINGERPRINT, schema.fingerprint()));
    }

    @Test
    void hidesWhatIsToBeHiddenAndSaysSo() {
        Schema schema = new Schema(1, List.of(FeatureSpec.scalar("name", Kind.TEXT),
                new FeatureSpec("x", Kind.FLOAT, List.of(), false, null, null), FeatureSpec.scalar("y", Kind.INT)), "y", null, null);
        Redactor redactor = new Redactor(new TreeMap<>(Map.of("x", ArchiveRule.Redaction.DROP, "name", ArchiveRule.Redaction.HASH)), new byte[] {1});
        var archived = ArchivedExample.of(prediction(Map.of("x", Feature.floats(2), "name", Feature.text("Ann"))), Feature.longs(1),
                model(schema), redactor).orElseThrow();
        assertThat(Example.decode(archived.value()).features()).containsOnlyKeys("name", "y");
        assertThat(((Feature.Bytes) Example.decode(archived.value()).feature("name")).text(0)).matches("[0-9a-f]{64}");
        assertThat(archived.headers()).containsEntry(RecordHeaders.REDACTED, "name,x");
    }

    private static Example archived(Schema schema, Map<String, Feature> features) {
        return Example.decode(ArchivedExample.of(prediction(features), Feature.longs(1), model(schema), OPEN).orElseThrow().value());
    }

    private static Prediction prediction(Map<String, Feature> features) {
        return new Prediction("r-0", "durations", 4, TIME, Example.of(features));
    }

    private static ModelBaseline model(Schema schema) {
        return ModelBaseline.of("trips", 1, schema, new TreeMap<>(), Map.of());
    }

    private static Schema schema(FeatureSpec key, FeatureSpec time) {
        List<FeatureSpec> features = new java.util.ArrayList<>(List.of(
                new FeatureSpec("x", Kind.FLOAT, List.of(), true, new Domain.Range(0.0, 100.0), null),
                FeatureSpec.scalar("y", Kind.INT)));
        if (key != null) {
            features.add(key);
        }
        if (time != null) {
            features.add(time);
        }
        return new Schema(1, features, "y", key == null ? null : "id", time == null ? null : "at");
    }
}
