package dev.tideline.ingest.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.ingest.shard.JdbcShards.Commit;
import dev.tideline.ingest.support.ServiceTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The compare-and-set that lets one writer at a time commit, and its agreement with the sweeper. */
class CommitIT extends ServiceTest {

    private static final int ROUNDS = 25;

    private final JdbcShards shards;
    private final JdbcClient jdbc;
    private final DraftShards drafts;

    CommitIT(JdbcShards shards, JdbcClient jdbc, ShardFolder folder) {
        this.shards = shards;
        this.jdbc = jdbc;
        this.drafts = new DraftShards(folder);
    }

    @Test
    void ofTwoWritersAtTheSameOffsetExactlyOneCommits() throws Exception {
        declare("race");
        try (ExecutorService writers = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < ROUNDS; round++) {
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<Commit>> outcomes = new ArrayList<>();
                for (int writer = 0; writer < 2; writer++) {
                    FinishedShard shard = drafts.finished("race", 3L * round, 3);
                    outcomes.add(writers.submit(() -> {
                        together.await();
                        return shards.commit(shard);
                    }));
                }
                assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get())).containsExactlyInAnyOrder(Commit.DONE, Commit.FENCED);
            }
        }
        assertThat(shards.nextOffsets("race")).containsEntry(0, 3L * ROUNDS);
        assertThat(shards.files("race")).hasSize(ROUNDS);
        assertThat(shards.counts("race").committed()).isEqualTo(3L * ROUNDS);
    }

    @Test
    void refusesAZombieThatIsFarBehind() throws IOException {
        declare("behind");
        FinishedShard late = drafts.finished("behind", 0, 2);
        shards.commit(drafts.finished("behind", 0, 5));
        shards.commit(drafts.finished("behind", 5, 5));

        assertThat(shards.commit(late)).isEqualTo(Commit.FENCED);
        assertThat(shards.nextOffsets("behind")).containsEntry(0, 10L);
    }

    @Test
    void refusesAShardThatWouldLeaveAGap() throws IOException {
        declare("gap");
        shards.nextOffset("gap", 0);

        assertThat(shards.commit(drafts.finished("gap", 4, 2))).isEqualTo(Commit.FENCED);
        assertThat(shards.files("gap")).isEmpty();
    }

    @Test
    void movesOverRejectsWithoutAFileOnce() {
        declare("rejects-only");
        shards.nextOffset("rejects-only", 0);
        FinishedShard run = new FinishedShard("rejects-only", 1, 0, 0, 7, 7, 7, 7, List.of());

        assertThat(shards.commit(run)).isEqualTo(Commit.DONE);
        assertThat(shards.commit(run)).as("the answer was lost").isEqualTo(Commit.DONE);
        assertThat(shards.counts("rejects-only").rejected()).isEqualTo(7);
    }

    @Test
    void commitsNothingWhenAFileIsGone() throws IOException {
        declare("commit-gone");
        shards.nextOffset("commit-gone", 0);
        FinishedShard shard = drafts.finished("commit-gone", 0, 3);
        Files.delete(storage().resolve(shard.files().getFirst().path()));

        assertThat(shards.commit(shard)).isEqualTo(Commit.SWEPT);
        assertThat(shards.nextOffsets("commit-gone")).containsEntry(0, 0L);
        assertThat(shards.files("commit-gone")).isEmpty();
    }

    @Test
    void waitsForASweepUnderWayAndSeesWhatItTook() throws Exception {
        declare("sweeping");
        shards.nextOffset("sweeping", 0);
        FinishedShard shard = drafts.finished("sweeping", 0, 3);
        Path file = storage().resolve(shard.files().getFirst().path());
        AtomicReference<Future<Commit>> commit = new AtomicReference<>();
        try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
            shards.sweep("sweeping", List.of(shard.files().getFirst().path()), left -> {
                commit.set(writer.submit((Callable<Commit>) () -> shards.commit(shard)));
                await().atMost(Duration.ofSeconds(60)).until(this::somebodyWaitsForALock);
                delete(file);
            });

            assertThat(commit.get().get()).isEqualTo(Commit.SWEPT);
        }
    }

    @Test
    void leavesFilesAloneWhoseCommitCameFirst() throws IOException {
        declare("first");
        shards.nextOffset("first", 0);
        FinishedShard committed = drafts.finished("first", 0, 3);
        FinishedShard left = drafts.finished("first", 0, 3);
        shards.commit(committed);
        AtomicReference<Set<String>> offered = new AtomicReference<>();

        shards.sweep("first", List.of(committed.files().getFirst().path(), left.files().getFirst().path()), offered::set);

        assertThat(offered.get()).containsExactly(left.files().getFirst().path());
    }

    @Test
    void keepsDatasetsAndPartitionsApart() throws IOException {
        declare("apart");
        declare("apart-too");
        shards.nextOffset("apart", 0);
        shards.nextOffset("apart", 1);
        shards.nextOffset("apart-too", 0);

        assertThat(shards.commit(drafts.finished("apart", 0, 3))).isEqualTo(Commit.DONE);

        assertThat(shards.nextOffsets("apart")).containsEntry(0, 3L).containsEntry(1, 0L);
        assertThat(shards.nextOffsets("apart-too")).containsEntry(0, 0L);
    }

    private boolean somebodyWaitsForALock() {
        return jdbc.sql("select count(*) from pg_locks where not granted").query(Integer.class).single() > 0;
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void declare(String name) {
        assertThat(ingest.declare(name).status()).isIn(200, 201);
    }
}
