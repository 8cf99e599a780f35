package dev.tideline.ingest.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.ingest.IngestService;
import dev.tideline.ingest.bucket.BucketService;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.local.FreePorts;
import dev.tideline.storage.Storage;
import dev.tideline.storage.StoredFile;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import dev.tideline.testing.TestS3;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise with a bucket as root: service and S3 server are killed at random points while shards go up. More kills:
 * {@code -Dtideline.bucket.kills=20}.
 */
class BucketSurvivalIT {

    private static final int KILLS = Integer.getInteger("tideline.bucket.kills", 3);
    private static final Duration BOOT = Duration.ofSeconds(120);
    private static final String DATASET = "bucket-survival";

    @TempDir
    private Path folder;

    private final String root = "s3://" + TestS3.shared().bucket() + "/platform";
    private final int port = FreePorts.find(1).getFirst();
    private final ChildJvm jvm = new ChildJvm();
    private Map<String, String> settings;
    private Process process;

    @Test
    void keepsEveryAcknowledgedRecordOnceAndLeavesNoOrphan() throws Exception {
        SplittableRandom random = new SplittableRandom(20_261_123);
        Ledger ledger = new Ledger(1);
        settings = settings();
        launch();
        try {
            await().atMost(BOOT).until(this::ready);
            client().put("/v1/datasets/" + DATASET, "{\"schema\":" + SentRecord.SCHEMA + ",\"split\":{\"by\":\"TIME\",\"evaluation\":0.2}}");
            Traffic traffic = new Traffic(DATASET, TestKafka.shared().bootstrap(), ledger,
                    List.of(new RecordDoor(client().uri("/v1/datasets/" + DATASET + "/records"))), folder).start();
            for (int kill = 0; kill < KILLS; kill++) {
                await().atMost(BOOT).until(this::ready);
                World.goOnFor(Duration.ofMillis(300 + random.nextInt(1_500)));
                if (kill == KILLS / 2) {
                    TestS3.shared().stop();
                    World.goOnFor(Duration.ofMillis(1_500));
                    TestS3.shared().start();
                    World.goOnFor(Duration.ofMillis(200));
                }
                Signals.kill(process.toHandle());
                launch();
            }
            await().atMost(BOOT).until(this::ready);
            traffic.close();
            assertThat(traffic.failures()).isEmpty();

            Answer sealed = await().atMost(Duration.ofSeconds(90)).until(
                    () -> client().seal(DATASET, "{\"rule\":\"all\"}", "end"), answer -> answer.status() == 201);

            try (Storage bucket = BucketService.storage(root, folder.resolve("reader"))) {
                List<String> paths = paths();
                List<String> stored = ids(bucket, paths);
                assertThat(sealed.body().path("records").asInt()).isEqualTo(stored.size());
                Set<String> once = new HashSet<>(stored);
                assertThat(once).as("no record twice").hasSameSizeAs(stored);
                Set<String> lost = new HashSet<>(ledger.acknowledged());
                lost.removeAll(once);
                assertThat(lost).as("acknowledged and lost").isEmpty();
                assertThat(ledger.acknowledged()).hasSizeGreaterThan(50 * KILLS);
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    assertThat(objects(bucket)).containsExactlyInAnyOrderElementsOf(paths);
                    assertThat(drafts()).as("drafts of killed processes").isEmpty();
                });
            }
        } finally {
            Signals.kill(process.toHandle());
        }
    }

    private Map<String, String> settings() {
        Map<String, String> all = BucketService.settings("bucket-survival", root, folder.resolve("drafts"));
        all.put("server.port", Integer.toString(port));
        all.put("tideline.parent.pid", Long.toString(ProcessHandle.current().pid()));
        all.put("tideline.ingest.shard.instance", "bucket-survival");
        all.put("tideline.ingest.shard.max-records", "100");
        all.put("tideline.ingest.shard.max-age", "300ms");
        all.put("tideline.ingest.shard.orphan-age", "3s");
        all.put("tideline.ingest.shard.sweep-every", "1s");
        all.put("tideline.ingest.intake.transaction-timeout", "3s");
        return all;
    }

    private void launch() {
        process = jvm.start(folder.resolve("service.log"), IngestService.class.getName(), List.of(BucketService.arguments(settings)));
    }

    private boolean ready() throws IOException {
        try {
            return client().get("/actuator/health/readiness").status() == 200;
        } catch (UncheckedIOException starting) {
            if (!process.isAlive()) {
                throw new IllegalStateException("ingest-service ended: " + Files.readString(folder.resolve("service.log")), starting);
            }
            return false;
        }
    }

    private IngestClient client() {
        return new IngestClient("http://127.0.0.1:" + port, folder);
    }

    private List<String> paths() throws SQLException {
        List<String> paths = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(settings.get("spring.datasource.url"), TestPostgres.shared().username(),
                        TestPostgres.shared().password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select path from shard_file")) {
            while (rows.next()) {
                paths.add(rows.getString(1));
            }
        }
        return paths;
    }

    private static List<String> ids(Storage bucket, List<String> paths) throws IOException {
        List<String> ids = new ArrayList<>();
        for (String path : paths) {
            try (InputStream in = bucket.open(path, 0)) {
                TfRecordStream records = new TfRecordStream(in, path, 1 << 20);
                for (byte[] record = records.next(); record != null; record = records.next()) {
                    ids.add(((Feature.Bytes) Example.decode(record).feature("id")).text(0));
                }
            }
        }
        return ids;
    }

    private static List<String> objects(Storage bucket) throws IOException {
        List<StoredFile> objects = new ArrayList<>();
        bucket.list("datasets/" + DATASET + "/shards/", objects::add);
        return objects.stream().map(StoredFile::key).toList();
    }

    private List<Path> drafts() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("drafts"))) {
            return files.filter(file -> Files.isRegularFile(file) && !file.endsWith(".lock")).toList();
        }
    }
}
