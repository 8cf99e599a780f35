package dev.tideline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.ingest.support.ChildService;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.RecordStream;
import dev.tideline.testing.TestPostgres;
import dev.tideline.tfrecord.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random points while records stream in through both doors, and a second instance that takes partitions over. More kills:
 * {@code -Dtideline.kills=20}.
 */
class CrashIT {

    private static final int KILLS = Integer.getInteger("tideline.kills", 3);
    private static final Duration BOOT = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void keepsEveryAcknowledgedRecordInExactlyOneShard() throws Exception {
        String url = TestPostgres.database().jdbcUrl("ingest");
        SplittableRandom random = new SplittableRandom(20_261_122);
        Path storage = folder.resolve("storage");
        RecordStream stream;
        try (ChildService first = new ChildService(storage, url, folder.resolve("first.log"), settings("first"))) {
            await().atMost(BOOT).until(first::ready);
            first.client().declare("crash");
            stream = new RecordStream("crash", first::client).start();
            for (int kill = 0; kill < KILLS; kill++) {
                goOnFor(Duration.ofMillis(500 + random.nextInt(1_500)));
                first.kill();
                first.restart();
                await().atMost(BOOT).until(first::ready);
            }
            try (ChildService second = new ChildService(storage, url, folder.resolve("second.log"), settings("second"))) {
                await().atMost(BOOT).until(second::ready);
                goOnFor(Duration.ofSeconds(1));
                stream.close();

                Answer sealed = await().atMost(Duration.ofSeconds(60)).until(
                        () -> second.client().seal("crash", "{\"rule\":\"all\"}", "end"), answer -> answer.status() == 201);

                List<String> stored = storedIds(url, storage);
                assertThat(sealed.body().path("records").asInt()).isEqualTo(stored.size());
                assertThat(stored).doesNotHaveDuplicates().containsAll(stream.acknowledged());
                Set<String> known = new HashSet<>(stream.acknowledged());
                known.addAll(stream.uncertain());
                assertThat(known).containsAll(stored);
                assertThat(stored).hasSizeGreaterThan(500);
                await().atMost(Duration.ofSeconds(20)).untilAsserted(
                        () -> assertThat(filesOnDisk(storage)).containsExactlyInAnyOrderElementsOf(paths(url)));
            }
        }
    }

    /** The moment of a kill is no condition that one could wait for. */
    private static void goOnFor(Duration time) {
        await().pollDelay(time).until(() -> true);
    }

    private static Map<String, String> settings(String instance) {
        Map<String, String> settings = new HashMap<>();
        settings.put("tideline.ingest.shard.group", "crash");
        settings.put("tideline.ingest.shard.instance", instance);
        settings.put("tideline.ingest.shard.max-records", "150");
        settings.put("tideline.ingest.shard.max-age", "300ms");
        settings.put("tideline.ingest.shard.orphan-age", "3s");
        settings.put("tideline.ingest.shard.sweep-every", "1s");
        settings.put("logging.structured.format.console", "");
        return settings;
    }

    private static List<String> storedIds(String url, Path storage) throws SQLException {
        List<String> ids = new ArrayList<>();
        for (String path : paths(url)) {
            IngestClient.read(storage.resolve(path)).forEach(example -> ids.add(((Feature.Bytes) example.feature("id")).text(0)));
        }
        return ids;
    }

    private static List<String> paths(String url) throws SQLException {
        List<String> paths = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, TestPostgres.shared().username(), TestPostgres.shared().password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select path from shard_file")) {
            while (rows.next()) {
                paths.add(rows.getString(1));
            }
        }
        return paths;
    }

    private static List<String> filesOnDisk(Path storage) throws IOException {
        try (Stream<Path> files = Files.list(storage.resolve("datasets/crash/shards"))) {
            return files.map(file -> storage.relativize(file).toString()).toList();
        }
    }
}
