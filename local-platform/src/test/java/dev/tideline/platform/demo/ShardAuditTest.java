package dev.tideline.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.contracts.DataWindow;
import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifest.Slice;
import dev.tideline.features.DatasetManifest.Split;
import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardAuditTest {

    private static final Schema SCHEMA = new Schema(1, List.of(FeatureSpec.scalar("x", Kind.FLOAT)), null, null, null);

    @TempDir
    private Path storage;

    @Test
    void countsEachFileOnceHoweverManySlicesItHas() throws IOException {
        shard("shards/a.tfrecord", 5);
        shard("shards/b.tfrecord", 3);
        manifest(new Slice("shards/a.tfrecord", 0, 4), new Slice("shards/a.tfrecord", 4, 1), new Slice("shards/b.tfrecord", 0, 3));

        assertThat(ShardAudit.count(storage, "manifest.json")).isEqualTo(new ShardAudit.Count(8, 2));
    }

    @Test
    void refusesAFileWithAFlippedByte() throws IOException {
        var file = shard("shards/a.tfrecord", 5);
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        manifest(new Slice("shards/a.tfrecord", 0, 5));

        assertThatThrownBy(() -> ShardAudit.count(storage, "manifest.json")).isInstanceOf(DemoException.class)
                .hasMessageContaining("a.tfrecord");
    }

    private Path shard(String name, int records) throws IOException {
        var file = storage.resolve(name);
        Files.createDirectories(file.getParent());
        try (var writer = TfRecordWriter.create(file)) {
            for (int i = 0; i < records; i++) {
                writer.write(Example.of(Map.of("x", Feature.floats(i))).encode());
            }
        }
        return file;
    }

    private void manifest(Slice... slices) throws IOException {
        var statistics = new StatisticsBuilder(SCHEMA).build();
        var splits = new TreeMap<String, Split>();
        splits.put("train", new Split(1, List.of(slices[0]), statistics));
        splits.put("evaluation", new Split(1, List.of(slices).subList(1, slices.length), statistics));
        var manifest = new DatasetManifest("d", 1, Instant.EPOCH, new DataWindow.All(),
                new SplitRule(SplitRule.By.TIME, 0.2), SCHEMA, "hash", 2, splits);
        Files.writeString(storage.resolve("manifest.json"), DatasetManifestCodec.write(manifest).toString());
    }
}
