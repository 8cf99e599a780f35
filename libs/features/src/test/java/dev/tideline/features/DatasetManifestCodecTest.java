package dev.tideline.features;

import static dev.tideline.features.Fixtures.trip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.contracts.DataWindow;
import dev.tideline.features.DatasetManifest.Slice;
import dev.tideline.features.DatasetManifest.Split;
import dev.tideline.features.DatasetManifest.SplitRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class DatasetManifestCodecTest {

    @TempDir
    private Path folder;

    @Test
    void readsWhatItWrites() {
        ObjectNode json = DatasetManifestCodec.write(manifest(new DataWindow.Last(7)));

        assertThat(DatasetManifestCodec.write(DatasetManifestCodec.read(json))).isEqualTo(json);
    }

    @Test
    void keepsWindowSplitAndSlices() throws IOException {
        DatasetManifest manifest = manifest(new DataWindow.Since(Instant.EPOCH));
        Path file = Files.writeString(folder.resolve("m"), DatasetManifestCodec.write(manifest).toString());

        DatasetManifest read = DatasetManifestCodec.read(file);

        assertThat(read.window()).isEqualTo(manifest.window());
        assertThat(read.split()).isEqualTo(manifest.split());
        assertThat(read.schema()).isEqualTo(manifest.schema());
        assertThat(read.splits().get(DatasetManifest.TRAIN).slices()).containsExactly(new Slice("a/b", 1, 2), new Slice("c", 0, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataset", "version", "sealedAt", "window", "split", "schema", "contentHash", "records", "splits"})
    void namesAFileThatLacksAPart(String part) throws IOException {
        ObjectNode json = DatasetManifestCodec.write(manifest(new DataWindow.All()));
        json.remove(part);

        refuses(json.toString(), part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"sealedAt | 'yesterday'", "schemaFingerprint | 'abc'", "version | 'one'", "split | {}",
        "records | {}", "window | {'rule':'newest'}", "splits | {'train':{}}", "split | {'by':'AGE','evaluation':0.1}", "split | {'by':'KEY','evaluation':2}",
        "schema | {'features':[]}"})
    void namesAFileWithAPartThatIsNone(String part, String value) throws IOException {
        ObjectNode json = DatasetManifestCodec.write(manifest(new DataWindow.All()));
        json.set(part, Fixtures.JSON.readTree(value.replace('\'', '"')));

        refuses(json.toString(), "");
    }

    @Test
    void namesAFileThatIsCutOff() throws IOException {
        String json = DatasetManifestCodec.write(manifest(new DataWindow.All())).toString();

        refuses(json.substring(0, json.length() / 2), "");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAShareThatIsNone(double share) {
        assertThatThrownBy(() -> new SplitRule(SplitRule.By.KEY, share)).hasMessage("evaluation: " + share + " (expected: from 0 to below 1)");
    }

    private void refuses(String json, String part) throws IOException {
        Path file = Files.writeString(folder.resolve("manifest.json"), json);

        assertThatThrownBy(() -> DatasetManifestCodec.read(file)).isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": ").hasMessageContaining(part).hasMessageEndingWith(" (expected: a dataset manifest)");
    }

    private static DatasetManifest manifest(DataWindow window) {
        StatisticsBuilder statistics = new StatisticsBuilder(Fixtures.TRIPS.features());
        statistics.add(((Conversion.Converted) new RecordConverter(Fixtures.TRIPS).fromJson(trip())).example());
        Split split = new Split(7, List.of(new Slice("a/b", 1, 2), new Slice("c", 0, 5)), statistics.build());
        return new DatasetManifest("trips", 3, Instant.parse("2026-05-01T12:00:00Z"), window, new SplitRule(SplitRule.By.TIME, 0.2),
                Fixtures.TRIPS, "hash", 7, new TreeMap<>(Map.of(DatasetManifest.TRAIN, split)));
    }
}
