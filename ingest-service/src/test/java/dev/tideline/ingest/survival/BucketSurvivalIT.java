package dev.tideline.ingest.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.ingest.bucket.BucketService;
import dev.tideline.ingest.support.IngestClient.Answer;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise with a bucket as root: two instances and the S3 server are killed while shards go up, and an instance starts while the
 * server is away. More kills: {@code -Dtideline.bucket.kills=20}.
 */
class BucketSurvivalIT {

    private static final int KILLS = Integer.getInteger("tideline.bucket.kills", 3);
    private static final int TRIES = 5;
    private static final int LARGE = 60;
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir
    private static Path folder;

    private static Map<String, String> settings;
    private static Storage bucket;
    private static List<Instance> instances;

    @BeforeAll
    static void start() {
        String root = "s3://" + TestS3.shared().bucket() + "/platform";
        settings = settings(root);
        bucket = BucketService.storage(root, folder.resolve("reader"));
        Instance first = instance("first");
        first.quicken();
        Instance second = instance("second");
        instances = List.of(first, second);
        second.awaitReady();
    }

    @AfterAll
    static void stop() {
        instances.forEach(Instance::close);
        bucket.close();
    }

    @Test
    void keepsEveryAcknowledgedRecordOnceAndLeavesNoOrphan() throws Exception {
        String dataset = "bucket-survival";
        SplittableRandom random = new SplittableRandom(20_261_123);
        Ledger ledger = new Ledger(1);
        declare(dataset, "{\"schema\":" + SentRecord.SCHEMA + ",\"split\":{\"by\":\"TIME\",\"evaluation\":0.2}}");
        List<RecordDoor> doors = instances.stream()
                .map(instance -> new RecordDoor(instance.client().uri("/v1/datasets/" + dataset + "/records"))).toList();
        try (Traffic traffic = new Traffic(dataset, TestKafka.shared().bootstrap(), ledger, doors, folder).start()) {
            for (int kill = 0; kill < KILLS; kill++) {
                Instance victim = instances.get(kill % instances.size());
                victim.awaitReady();
                World.goOnFor(Duration.ofMillis(300 + random.nextInt(1_500)));
                boolean outage = kill == KILLS / 2;
                if (outage) {
                    TestS3.shared().stop();
                }
                victim.kill();
                victim.start();
                if (outage) {
                    await().atMost(LONG).until(() -> victim.says("Waiting for the storage"));
                    TestS3.shared().start();
                }
            }
            instances.forEach(Instance::awaitReady);
            instances.getFirst().stop();
            traffic.close();
            assertThat(traffic.failures()).isEmpty();
        } finally {
            instances.getFirst().start();
        }

        int records = seal(dataset);

        List<String> stored = values(dataset, example -> ((Feature.Bytes) example.feature("id")).text(0));
        assertThat(records).isEqualTo(stored.size());
        Set<String> once = new HashSet<>(stored);
        assertThat(once).as("no record twice").hasSameSizeAs(stored);
        Set<String> lost = new HashSet<>(ledger.acknowledged());
        lost.removeAll(once);
        assertThat(lost).as("acknowledged and lost").isEmpty();
        assertThat(ledger.acknowledged()).hasSizeGreaterThan(50 * KILLS);
        leavesNothingBehind(dataset);
    }

    /** Of a file that goes up in parts nothing is to be seen before the last one, and S3 keeps the parts until somebody gives them up. */
    @Test
    void leavesNoPartsOfUploadsThatAKillCutOffAndLosesNoRecord() throws Exception {
        String dataset = "bucket-parts";
        instances.forEach(Instance::awaitReady);
        declare(dataset, LargeRecords.DECLARATION);
        int sent = 0;
        List<String> cutOff = List.of();
        // Whether the last part arrives just before the kill is chance.
        for (int attempt = 0; cutOff.isEmpty() && attempt < TRIES; attempt++) {
            instances.forEach(Instance::awaitReady);
            for (int to = sent + LARGE; sent < to; sent += LARGE / 6) {
                LargeRecords.send(instances.getLast().client(), dataset, sent, sent + LARGE / 6);
            }
            await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> !uploads().isEmpty());
            instances.forEach(Instance::kill);
            cutOff = uploads();
            instances.forEach(Instance::start);
        }
        assertThat(cutOff).as("uploads that were cut off").isNotEmpty();
        instances.forEach(Instance::awaitReady);

        await().atMost(LONG).until(() -> uploads().isEmpty());

        assertThat(seal(dataset)).isEqualTo(sent);
        assertThat(values(dataset, example -> ((Feature.Longs) example.feature("at")).values()[0]))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, sent).mapToObj(n -> n * 1000L).collect(Collectors.toList()));
        leavesNothingBehind(dataset);
    }

    private static void leavesNothingBehind(String dataset) throws SQLException {
        List<String> paths = paths(dataset);
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(objects(dataset)).containsExactlyInAnyOrderElementsOf(paths);
            assertThat(drafts()).as("drafts of killed processes").isEmpty();
        });
    }

    private static void declare(String dataset, String declaration) {
        await().atMost(LONG).until(() -> instances.getLast().client().put("/v1/datasets/" + dataset, declaration).status() == 201);
    }

    /** Returns the number of records. */
    private static int seal(String dataset) {
        Answer sealed = await().atMost(LONG).until(
                () -> instances.getLast().client().seal(dataset, "{\"rule\":\"all\"}", "end"), answer -> answer.status() == 201);
        return sealed.body().path("records").asInt();
    }

    private static Instance instance(String name) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("tideline.ingest.shard.instance", name);
        return Instance.overBucket(folder.resolve(name + ".log"), folder.resolve("drafts"), own);
    }

    private static Map<String, String> settings(String root) {
        Map<String, String> all = BucketService.settings("bucket-survival", root, folder.resolve("drafts"));
        all.put("tideline.ingest.shard.max-records", "100");
        all.put("tideline.ingest.shard.max-age", "1s");
        all.put("tideline.ingest.shard.orphan-age", "3s");
        all.put("tideline.ingest.shard.sweep-every", "1s");
        all.put("tideline.ingest.intake.transaction-timeout", "3s");
        return all;
    }

    private static List<String> uploads() {
        return BucketService.uploads(settings.get("tideline.storage.root"));
    }

    private static List<String> paths(String dataset) throws SQLException {
        List<String> paths = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(settings.get("spring.datasource.url"), TestPostgres.shared().username(),
                        TestPostgres.shared().password());
                PreparedStatement files = connection.prepareStatement(
                        "select f.path from shard_file f join shard s on f.shard = s.id where s.dataset = ?")) {
            files.setString(1, dataset);
            ResultSet rows = files.executeQuery();
            while (rows.next()) {
                paths.add(rows.getString(1));
            }
        }
        return paths;
    }

    private static <T> List<T> values(String dataset, Function<Example, T> value) throws IOException, SQLException {
        List<T> values = new ArrayList<>();
        for (String path : paths(dataset)) {
            try (InputStream in = bucket.open(path, 0)) {
                TfRecordStream records = new TfRecordStream(in, path, 1 << 20);
                for (byte[] record = records.next(); record != null; record = records.next()) {
                    values.add(value.apply(Example.decode(record)));
                }
            }
        }
        return values;
    }

    private static List<String> objects(String dataset) throws IOException {
        List<String> objects = new ArrayList<>();
        bucket.list("datasets/" + dataset + "/shards/", (StoredFile file) -> objects.add(file.key()));
        return objects;
    }

    private static List<Path> drafts() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("drafts"))) {
            return files.filter(file -> Files.isRegularFile(file) && !file.endsWith(".lock")).toList();
        }
    }
}
