package dev.tideline.ingest.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.features.SchemaCodec;
import dev.tideline.ingest.dataset.Dataset;
import dev.tideline.ingest.rejects.Rejects;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** One partition's writer on the real database and disk, with records handed to it and a clock that the test moves. */
class PartitionWriterIT extends ServiceTest {

    private static final RollPolicy POLICY = new RollPolicy(DataSize.ofMegabytes(1).toBytes(), 5, Duration.ofSeconds(60));

    private final ShardFolder folder;
    private final JdbcShards shards;
    private final StorageIdentity storage;
    private final Rejects rejects;
    private final AtomicLong nanos = new AtomicLong();

    PartitionWriterIT(ShardFolder folder, JdbcShards shards, StorageIdentity storage, Rejects rejects) {
        this.folder = folder;
        this.shards = shards;
        this.storage = storage;
        this.rejects = rejects;
    }

    @Test
    void startsAtTheOffsetInTheDatabase() {
        PartitionWriter first = writer("resume");
        write(first, "resume", 0, 5);

        assertThat(writer("resume").resumeAt()).isEqualTo(5);
    }

    @Test
    void commitsAFileWithItsOffsetsAtTheRecordLimit() {
        PartitionWriter writer = writer("limit");
        write(writer, "limit", 0, 12);

        assertThat(shards.nextOffsets("limit")).containsEntry(0, 10L);
        assertThat(shards.files("limit")).extracting(ShardFile::firstOffset, ShardFile::lastOffset, ShardFile::records)
                .containsExactly(tuple(0L, 4L, 5L), tuple(5L, 9L, 5L));
        writer.drop();
    }

    @Test
    void commitsAFileAtTheByteLimit() {
        PartitionWriter writer = writer("bytes", new RollPolicy(500, 1_000, Duration.ofSeconds(60)));
        write(writer, "bytes", 0, 40);

        assertThat(shards.files("bytes")).hasSizeGreaterThan(2).allSatisfy(file ->
                assertThat(file.bytes()).isGreaterThanOrEqualTo(500).isLessThan(500 + file.bytes() / file.records() * 2));
        assertThat(shards.files("bytes").getLast().lastOffset()).isEqualTo(shards.nextOffsets("bytes").get(0) - 1);
        writer.drop();
    }

    @Test
    void commitsAYoungFileOnceItIsOldEnough() {
        PartitionWriter writer = writer("age");
        write(writer, "age", 0, 2);
        writer.maintain(2, -1);
        assertThat(shards.files("age")).isEmpty();

        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        writer.maintain(2, -1);

        assertThat(shards.files("age")).extracting(ShardFile::records).containsExactly(2L);
    }

    @Test
    void commitsWhenSomebodyWaitsForAnOffset() {
        PartitionWriter writer = writer("awaited");
        write(writer, "awaited", 0, 3);

        writer.maintain(3, 3);

        assertThat(shards.nextOffsets("awaited")).containsEntry(0, 3L);
    }

    @Test
    void doesNotCommitBeforeItHasReachedTheAwaitedOffset() {
        PartitionWriter writer = writer("not-yet");
        write(writer, "not-yet", 0, 3);

        writer.maintain(3, 4);

        assertThat(shards.nextOffsets("not-yet")).containsEntry(0, 0L);
        writer.drop();
    }

    @Test
    void movesTheOffsetOverTransactionMarkersWithoutAFile() {
        PartitionWriter writer = writer("markers");

        writer.maintain(2, 2);

        assertThat(shards.nextOffsets("markers")).containsEntry(0, 2L);
        assertThat(shards.files("markers")).isEmpty();
    }

    @Test
    void dropsItsFileWhenAnotherWriterTookThePartition() throws IOException {
        PartitionWriter zombie = writer("zombie");
        write(zombie, "zombie", 0, 3);
        PartitionWriter owner = writer("zombie");
        write(owner, "zombie", 0, 5);

        write(zombie, "zombie", 3, 5);

        assertThat(shards.files("zombie")).extracting(ShardFile::records).containsExactly(5L);
        assertThat(filesOf("zombie")).extracting(file -> storage().relativize(file).toString()).containsExactly(shards.files("zombie").getFirst().path());
        assertThat(zombie.blocked()).isTrue();
        assertThat(ingest.get("/v1/datasets/zombie").body().path("records").path("committed").asInt()).isEqualTo(5);
    }

    @Test
    void keepsAFinishedFileThroughADatabaseOutage() {
        PartitionWriter writer = writer("outage");
        write(writer, "outage", 0, 4);
        TestPostgres.shared().stop();
        try {
            write(writer, "outage", 4, 5);
            assertThat(writer.blocked()).isTrue();
            assertThat(writer.resumeAt()).isEqualTo(5);
            // What the consumer had fetched before it paused the partition; it comes again.
            write(writer, "outage", 5, 7);
        } finally {
            TestPostgres.shared().start();
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            writer.revive();
            return !writer.blocked();
        });

        write(writer, "outage", 5, 10);

        assertThat(shards.files("outage")).extracting(ShardFile::records).containsExactly(5L, 5L);
        assertThat(shards.nextOffsets("outage")).containsEntry(0, 10L);
    }

    @Test
    void recognisesItsOwnCommitWhenTheAnswerWasLost() throws IOException {
        declare("answer");
        ShardDraft draft = new ShardDraft(folder, "answer", dataset("answer").schema(), 0);
        draft.write(0, (Admission.Accepted) new Admission(dataset("answer")).admit(record("answer", 0)));
        FinishedShard shard = draft.finish(0, 1, 0);
        folder.publish(shard.files()).join();

        assertThat(shards.commit(shard)).isEqualTo(JdbcShards.Commit.DONE);
        assertThat(shards.commit(shard)).isEqualTo(JdbcShards.Commit.DONE);
        assertThat(shards.files("answer")).hasSize(1);
    }

    @Test
    void readsAgainFromTheLastCommitWhenTheDiskFails() throws IOException {
        PartitionWriter writer = writer("disk");
        write(writer, "disk", 0, 5);
        Path folderOfShards = storage().resolve("datasets/disk/shards");
        Path away = storage().resolve("datasets/disk/away");
        Files.move(folderOfShards, away);
        Files.createFile(folderOfShards);
        try {
            write(writer, "disk", 5, 6);
            assertThat(writer.blocked()).isTrue();
        } finally {
            Files.delete(folderOfShards);
            Files.move(away, folderOfShards);
        }

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        writer.revive();

        assertThat(writer.blocked()).isFalse();
        assertThat(writer.resumeAt()).isEqualTo(5);
    }

    @Test
    void sweepsFilesThatNoShardKnowsOnceTheyAreOld() throws IOException {
        PartitionWriter writer = writer("sweep");
        write(writer, "sweep", 0, 7);
        Path orphan = Files.writeString(storage().resolve("datasets/sweep/shards/sweep-0-0-4-0000.tfrecord"), "left behind");

        sweeper(Instant.EPOCH).sweep();
        assertThat(orphan).exists();
        sweeper(Instant.now().plus(Duration.ofHours(1))).sweep();

        assertThat(filesOf("sweep")).extracting(file -> storage().relativize(file).toString()).containsExactly(shards.files("sweep").getFirst().path());
        writer.drop();
    }

    private Sweeper sweeper(Instant now) {
        ShardProperties properties = new ShardProperties(1, "", null, DataSize.ofMegabytes(1), 1, Duration.ZERO, Duration.ZERO, Duration.ZERO,
                Duration.ZERO, Duration.ofMinutes(15), Duration.ofMinutes(5));
        return new Sweeper(folder, shards, storage, InstantSource.fixed(now), properties);
    }

    private static List<Path> filesOf(String dataset) throws IOException {
        try (Stream<Path> files = Files.list(storage().resolve("datasets/" + dataset + "/shards"))) {
            return files.toList();
        }
    }

    private PartitionWriter writer(String name) {
        return writer(name, POLICY);
    }

    private PartitionWriter writer(String name, RollPolicy policy) {
        declare(name);
        PartitionWriter writer = new PartitionWriter(dataset(name), 0, folder, shards, rejects, policy, Duration.ofSeconds(1),
                new ShardMeters(new SimpleMeterRegistry()), nanos::get);
        writer.revive();
        return writer;
    }

    private void declare(String name) {
        assertThat(ingest.declare(name).status()).isIn(200, 201);
    }

    private static void write(PartitionWriter writer, String name, int from, int to) {
        for (int offset = from; offset < to; offset++) {
            writer.write(record(name, offset));
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(String name, int offset) {
        return new ConsumerRecord<>("tideline.records." + name, 0, offset, null, IngestClient.record(offset).getBytes(StandardCharsets.UTF_8));
    }

    private static Dataset dataset(String name) {
        return new Dataset(name, SchemaCodec.read(JsonMapper.builder().build().readTree(IngestClient.SCHEMA)),
                new SplitRule(SplitRule.By.TIME, 0.2), 1);
    }
}
