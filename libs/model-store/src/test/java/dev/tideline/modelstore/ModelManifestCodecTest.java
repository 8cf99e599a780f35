package dev.tideline.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tideline.features.Baseline;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ModelManifestCodecTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    @Test
    void everyFieldIsReadBack() {
        var manifest = manifest(7L);

        assertThat(ModelManifestCodec.read(ModelManifestCodec.write(manifest))).usingRecursiveComparison().isEqualTo(manifest);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, 1e300})
    void aFigureThatJsonHasNoNumberForIsReadBackFromAFile(double figure) throws IOException {
        var odd = manifest(null);
        var written = new ModelManifest(odd.model(), odd.version(), odd.createdAt(), odd.dataset(), odd.datasetVersion(), odd.definitionHash(),
                odd.schema(), odd.seed(), null, new TreeMap<>(Map.of("logLoss", figure)), odd.baselines(), new TreeMap<>(Map.of("x", figure)),
                odd.lineage(), odd.files());
        var file = Files.writeString(folder.resolve("manifest.json"), ModelManifestCodec.write(written).toPrettyString());

        assertThat(ModelManifestCodec.read(file).metrics()).isEqualTo(Map.of("logLoss", figure));
        assertThat(ModelManifestCodec.read(file).importance()).isEqualTo(Map.of("x", figure));
    }

    @Test
    void aFirstVersionHasNoParent() {
        var json = ModelManifestCodec.write(manifest(null));

        assertThat(json.has("parent")).isFalse();
        assertThat(ModelManifestCodec.read(json).parent()).isNull();
    }

    @Test
    void theFingerprintOfTheSchemaIsWrittenForReadersThatKnowNoSchema() {
        assertThat(ModelManifestCodec.write(manifest(null)).get("schemaFingerprint").stringValue())
                .isEqualTo(manifest(null).schema().fingerprint()).isEqualTo(manifest(null).schemaFingerprint());
    }

    @Test
    void fieldsOfLaterVersionsAreIgnored() {
        var json = ModelManifestCodec.write(manifest(7L)).put("addedLater", 1);

        assertThat(ModelManifestCodec.read(json)).usingRecursiveComparison().isEqualTo(manifest(7L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "version", "createdAt", "dataset", "datasetVersion", "definitionHash", "schema", "seed"})
    void aMissingFieldIsNamedTogetherWithTheFile(String field) throws IOException {
        ObjectNode json = ModelManifestCodec.write(manifest(7L));
        json.remove(field);
        var file = Files.writeString(folder.resolve("manifest.json"), json.toString());

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ModelManifestCodec.read(file))
                .withMessageStartingWith(file.toString()).withMessageContaining(field).withMessageEndingWith("(expected: a model manifest)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"createdAt\":\"yesterday\"}", "{\"version\":\"two\"}", "{\"seed\":null}", "{\"schema\":{}}"})
    void aValueOfAnotherKindIsNoManifest(String wrong) throws IOException {
        ObjectNode json = ModelManifestCodec.write(manifest(7L));
        json.setAll((ObjectNode) JSON.readTree(wrong));
        var file = Files.writeString(folder.resolve("manifest.json"), json.toString());

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ModelManifestCodec.read(file))
                .withMessageStartingWith(file.toString());
    }

    @Test
    void aFileThatWasCutOffAnywhereIsRefusedWithItsName() throws IOException {
        byte[] whole = ModelManifestCodec.write(manifest(7L)).toString().getBytes(StandardCharsets.UTF_8);
        var file = folder.resolve("manifest.json");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertThatExceptionOfType(IOException.class).as("%s of %s bytes", length, whole.length)
                    .isThrownBy(() -> ModelManifestCodec.read(file)).withMessageStartingWith(file.toString());
        }
    }

    @Test
    void aFileThatIsNotThereIsToldApart() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> ModelManifestCodec.read(folder.resolve("none.json")));
    }

    private static ModelManifest manifest(@Nullable Long parent) {
        var schema = new Schema(3, List.of(FeatureSpec.scalar("x", Kind.FLOAT), FeatureSpec.scalar("y", Kind.TEXT)), "y", null, null);
        var lineage = new ModelManifest.Lineage("job-7", "c0ffee", new TreeMap<>(Map.of("train", 80L, "evaluation", 20L)), true, List.of("better"));
        return new ModelManifest("trips", 8, Instant.parse("2026-11-22T10:00:00.5Z"), "rides", 2, "abc", schema, -42, parent,
                new TreeMap<>(Map.of("accuracy", 0.9, "auc/slice=a b", 0.5)),
                new TreeMap<>(Map.of("y", new Baseline.Categorical(List.of("no", "yes"), new long[] {3, 7}, 0, 0))), new TreeMap<>(Map.of("x", 1.0)), lineage,
                new TreeMap<>(Map.of("saved_model.pb", "00ff")));
    }
}
