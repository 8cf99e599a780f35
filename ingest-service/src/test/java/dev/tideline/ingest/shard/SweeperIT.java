package dev.tideline.ingest.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.ingest.rejects.Rejects;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What the sweeper takes, and what it must not take, at each point at which a writer can die or stand still. */
class SweeperIT extends ServiceTest {

    private static final Duration ORPHAN_AGE = Duration.ofMinutes(15);

    private final ShardFolder folder;
    private final JdbcShards shards;
    private final StorageIdentity storage;
    private final Rejects rejects;
    private final DraftShards drafts;
    private final AtomicLong nanos = new AtomicLong();

    SweeperIT(ShardFolder folder, JdbcShards shards, StorageIdentity storage, Rejects rejects) {
        this.folder = folder;
        this.shards = shards;
        this.storage = storage;
        this.rejects = rejects;
        this.drafts = new DraftShards(folder);
    }

    @Test
    void takesTheOpenFileOfADeadWriterOnceItIsOld() throws IOException {
        declare("open");
        ShardDraft open = drafts.draft("open", 0, 3);

        sweepAfter(ORPHAN_AGE.minusMinutes(1));
        assertThat(files("open")).hasSize(1);
        sweepAfter(ORPHAN_AGE.plusMinutes(1));

        assertThat(files("open")).isEmpty();
        open.discard();
    }

    @Test
    void takesAFileThatGotItsNameAndNoRow() throws IOException {
        declare("named");
        drafts.finished("named", 0, 3);
        FinishedShard again = drafts.finished("named", 0, 3);
        shards.nextOffset("named", 0);
        shards.commit(again);

        sweepAfter(ORPHAN_AGE.plusMinutes(1));

        assertThat(files("named")).containsExactly(storage().resolve(again.files().getFirst().path()));
    }

    @Test
    void keepsAFileWithARowHoweverOld() throws IOException {
        declare("kept");
        shards.nextOffset("kept", 0);
        FinishedShard shard = drafts.finished("kept", 0, 3);
        shards.commit(shard);

        sweepAfter(Duration.ofDays(365));

        assertThat(files("kept")).containsExactly(storage().resolve(shard.files().getFirst().path()));
    }

    @Test
    void keepsAFileThatItsWriterTouchedWhileItWaited() throws IOException {
        declare("touched");
        FinishedShard shard = drafts.finished("touched", 0, 3);
        Files.setLastModifiedTime(storage().resolve(shard.files().getFirst().path()), FileTime.from(Instant.now().minus(Duration.ofDays(1))));

        folder.touch(shard.files());
        sweepAfter(Duration.ofMinutes(1));

        assertThat(files("touched")).hasSize(1);
        folder.delete(shard.files());
    }

    @Test
    void takesAScrapOfAnyNameAndNothingOutsideTheShards() throws IOException {
        declare("scrap");
        Path shardsOf = Files.createDirectories(storage().resolve("datasets/scrap/shards"));
        Files.write(shardsOf.resolve("scrap-0-17-open-0000.tfrecord.tmp"), new byte[] {1, 2, 3});
        Files.write(shardsOf.resolve("core.1234"), new byte[] {1});
        Path manifest = Files.createDirectories(storage().resolve("datasets/scrap/versions/1")).resolve("manifest.json");
        Files.writeString(manifest, "{}");

        sweepAfter(ORPHAN_AGE.plusMinutes(1));

        assertThat(files("scrap")).isEmpty();
        assertThat(manifest).exists();
    }

    /** A clock that is an hour ahead makes every file look old: the writer's in its hand, too. */
    @Test
    void costsWorkButNoRecordWhenTheClockJumps() throws IOException {
        declare("jump");
        PartitionWriter writer = new PartitionWriter(DraftShards.dataset("jump"), 0, folder, shards, rejects,
                new RollPolicy(DataSize.ofMegabytes(1).toBytes(), 5, Duration.ofSeconds(60)), Duration.ofSeconds(1),
                new ShardMeters(new SimpleMeterRegistry()), nanos::get);
        writer.revive();
        write(writer, 0, 3);
        sweepAfter(Duration.ofHours(1));
        write(writer, 3, 5);
        assertThat(writer.blocked()).as("its file is gone").isTrue();

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        writer.revive();
        assertThat(writer.resumeAt()).isZero();
        write(writer, 0, 5);

        assertThat(shards.files("jump")).extracting(ShardFile::records).containsExactly(5L);
        assertThat(files("jump")).hasSize(1);
    }

    @Test
    void takesNothingWhileItCannotAskTheDatabase() throws IOException {
        declare("blind");
        FinishedShard left = drafts.finished("blind", 0, 3);
        TestPostgres.shared().stop();
        try {
            sweepAfter(ORPHAN_AGE.plusMinutes(1));
            assertThat(files("blind")).containsExactly(storage().resolve(left.files().getFirst().path()));
        } finally {
            TestPostgres.shared().start();
        }
    }

    private void sweepAfter(Duration time) {
        ShardProperties properties = new ShardProperties(1, "", null, DataSize.ofMegabytes(1), 1, Duration.ZERO, Duration.ZERO, Duration.ZERO,
                Duration.ZERO, ORPHAN_AGE, Duration.ofMinutes(5));
        new Sweeper(folder, shards, storage, InstantSource.fixed(Instant.now().plus(time)), properties).sweep();
    }

    private static void write(PartitionWriter writer, int from, int to) {
        for (int offset = from; offset < to; offset++) {
            writer.write(DraftShards.record("jump", offset));
        }
    }

    private static List<Path> files(String dataset) throws IOException {
        Path shardsOf = storage().resolve("datasets/" + dataset + "/shards");
        try (Stream<Path> files = Files.list(shardsOf)) {
            return files.toList();
        }
    }

    private void declare(String name) {
        assertThat(ingest.declare(name).status()).isIn(200, 201);
    }
}
