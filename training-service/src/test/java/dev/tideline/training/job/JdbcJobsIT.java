package dev.tideline.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.TrainingProgress.State;
import dev.tideline.training.support.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class JdbcJobsIT {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static JdbcClient jdbc;

    private final JdbcJobs jobs = new JdbcJobs(jdbc, JSON);

    @BeforeAll
    static void migrate() {
        jdbc = Database.migrated();
    }

    @BeforeEach
    void empty() {
        jdbc.sql("DELETE FROM job").update();
    }

    @Test
    void aJobReadsBackAsItWasWritten() {
        var job = job("a", "m", "request", State.QUEUED);
        jobs.insert(job);

        assertThat(jobs.find("a")).contains(job);
    }

    @Test
    void aRequestIsKnownOnce() {
        assertThat(jobs.insert(job("a", "m", "request", State.DECLINED))).isTrue();
        assertThat(jobs.insert(job("b", "m", "request", State.DECLINED))).isFalse();
        assertThat(jobs.knowsRequest("request")).isTrue();
        assertThat(jobs.knowsRequest("other")).isFalse();
    }

    @Test
    void aModelHasOneActiveJob() {
        assertThat(jobs.insert(job("a", "m", null, State.QUEUED))).isTrue();
        assertThat(jobs.insert(job("b", "m", null, State.QUEUED))).isFalse();
        assertThat(jobs.insert(job("c", "other", null, State.QUEUED))).isTrue();
        assertThat(jobs.insert(job("d", "m", null, State.DECLINED))).isTrue();
        assertThat(jobs.active("m").orElseThrow().id()).isEqualTo("a");
    }

    @Test
    void theOldestJobIsLeasedFirst() {
        jobs.insert(at("late", "m1", NOW.plusSeconds(5)));
        jobs.insert(at("early", "m2", NOW));

        var leased = jobs.lease("me", LEASE, Duration.ZERO, NOW).orElseThrow();

        assertThat(leased.id()).isEqualTo("early");
        assertThat(leased.state()).isEqualTo(State.PREPARING);
        assertThat(leased.attempt()).isEqualTo(1);
        assertThat(leased.startedAt()).isEqualTo(NOW);
    }

    @Test
    void priorityComesBeforeAge() {
        jobs.insert(at("early", "m1", NOW));
        jobs.insert(at("urgent", "m2", NOW.plusSeconds(5)));
        jdbc.sql("UPDATE job SET priority = 5 WHERE id = 'urgent'").update();

        assertThat(jobs.lease("me", LEASE, Duration.ZERO, NOW).orElseThrow().id()).isEqualTo("urgent");
    }

    @Test
    void aLeasedJobIsNotLeasedAgain() {
        jobs.insert(job("a", "m", null, State.QUEUED));
        jobs.lease("me", LEASE, Duration.ZERO, NOW);

        assertThat(jobs.lease("you", LEASE, Duration.ZERO, NOW)).isEmpty();
    }

    @Test
    void manyWorkersShareTheQueueWithoutDoubles() throws Exception {
        for (int i = 0; i < 20; i++) {
            jobs.insert(job("job-" + i, "model-" + i, null, State.QUEUED));
        }
        var tasks = new ArrayList<Callable<String>>();
        for (int i = 0; i < 20; i++) {
            int worker = i;
            tasks.add(() -> jobs.lease("worker-" + worker, LEASE, Duration.ZERO, NOW).map(Job::id).orElse("none"));
        }

        var leased = new HashSet<String>();
        try (var workers = Executors.newFixedThreadPool(4)) {
            for (var result : workers.invokeAll(tasks)) {
                leased.add(result.get());
            }
        }

        assertThat(leased).hasSize(20).doesNotContain("none");
    }

    @Test
    void aSilentOwnerLosesItsJob() {
        jobs.insert(job("a", "m", null, State.QUEUED));
        jobs.lease("dead", LEASE, Duration.ZERO, NOW);
        expire("a");

        var taken = jobs.lease("alive", LEASE, Duration.ZERO, NOW.plusSeconds(60)).orElseThrow();

        assertThat(taken.attempt()).isEqualTo(2);
        assertThat(taken.startedAt()).isEqualTo(NOW);
        assertThat(jobs.heartbeat("a", "dead", LEASE)).isEmpty();
        assertThat(jobs.heartbeat("a", "alive", LEASE)).contains(false);
    }

    @Test
    void nobodyCountsAsSilentRightAfterTheDatabaseCameBack() {
        jobs.insert(job("a", "m", null, State.QUEUED));
        jobs.lease("me", LEASE, Duration.ZERO, NOW);
        expire("a");

        assertThat(jobs.lease("you", LEASE, Duration.ofDays(1), NOW)).isEmpty();
        jobs.insert(job("b", "other", null, State.QUEUED));
        assertThat(jobs.lease("you", LEASE, Duration.ofDays(1), NOW).orElseThrow().id()).isEqualTo("b");
    }

    @Test
    void anAnswerThatWasLostMayBeAskedForAgain() {
        jobs.insert(job("a", "m", null, State.QUEUED));
        jobs.lease("me", LEASE, Duration.ZERO, NOW);
        jobs.move("a", "me", State.PREPARING, State.TRAINING, "goes on");

        assertThat(jobs.move("a", "me", State.PREPARING, State.TRAINING, null)).isTrue();
        assertThat(jobs.find("a").orElseThrow().message()).isEqualTo("goes on");
    }

    @Test
    void aHeartbeatKeepsTheLease() {
        jobs.insert(job("a", "m", null, State.QUEUED));
        jobs.lease("me", LEASE, Duration.ZERO, NOW);
        expire("a");
        jobs.heartbeat("a", "me", LEASE);

        assertThat(jobs.lease("you", LEASE, Duration.ZERO, NOW)).isEmpty();
    }

    @Test
    void onlyTheOwnerMovesAJobOn() {
        jobs.insert(job("a", "m", null, State.QUEUED));
        jobs.lease("me", LEASE, Duration.ZERO, NOW);

        assertThat(jobs.move("a", "you", State.PREPARING, State.TRAINING, null)).isFalse();
        assertThat(jobs.move("a", "me", State.TRAINING, State.EVALUATING, null)).isFalse();
        assertThat(jobs.move("a", "me", State.PREPARING, State.TRAINING, null)).isTrue();
        assertThat(jobs.find("a").orElseThrow().state()).isEqualTo(State.TRAINING);
    }

    @Test
    void aVersionIsReservedOnce() {
        jobs.insert(job("a", "m", null, State.QUEUED));
        jobs.lease("me", LEASE, Duration.ZERO, NOW);

        assertThat(jobs.reserve("a", "me", 7)).isTrue();
        assertThat(jobs.reserve("a", "me", 8)).isFalse();
        assertThat(jobs.find("a").orElseThrow().version()).isEqualTo(7);
    }

    @Test
    void theOwnerEndsAJobOnce() {
        jobs.insert(job("a", "m", null, State.QUEUED));
        jobs.lease("me", LEASE, Duration.ZERO, NOW);
        jobs.progress("a", "me", new Job.Progress(2, 5, 30, 100, 1_000, 4), Map.of("loss", 0.5));

        assertThat(jobs.finish("a", "you", State.FAILED, "no", Map.of(), NOW)).isFalse();
        assertThat(jobs.finish("a", "me", State.PROMOTED, "better", Map.of("accuracy", 0.9), NOW.plusSeconds(9))).isTrue();
        assertThat(jobs.finish("a", "me", State.FAILED, "no", Map.of(), NOW)).isFalse();

        var done = jobs.find("a").orElseThrow();
        assertThat(done.state()).isEqualTo(State.PROMOTED);
        assertThat(done.metrics()).isEqualTo(Map.of("loss", 0.5, "accuracy", 0.9));
        assertThat(done.progress()).isEqualTo(new Job.Progress(2, 5, 30, 100, 1_000, 0));
        assertThat(done.finishedAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(jobs.lease("you", LEASE, Duration.ZERO, NOW)).isEmpty();
    }

    @Test
    void aReleasedJobWaitsAgainAndItsNextAttemptIsAnother() {
        jobs.insert(job("a", "m", null, State.QUEUED));
        jobs.lease("me", LEASE, Duration.ZERO, NOW);
        jobs.begin("a", "me", 0);

        jobs.release("a", "me", "the service stopped", false, Duration.ZERO);

        var waiting = jobs.find("a").orElseThrow();
        assertThat(waiting.state()).isEqualTo(State.QUEUED);
        assertThat(waiting.tries()).as("nobody is to blame").isEqualTo(Job.Tries.NONE);
        assertThat(jobs.lease("you", LEASE, Duration.ZERO, NOW).orElseThrow().attempt()).isEqualTo(2);
    }

    @Test
    void attemptsCountUntilOneBeginsFurtherOn() {
        jobs.insert(job("a", "m", null, State.QUEUED));

        assertThat(begin(0)).isEqualTo(new Job.Tries(1, 0));
        assertThat(begin(0)).isEqualTo(new Job.Tries(2, 0));
        assertThat(begin(40)).isEqualTo(new Job.Tries(1, 40));
        assertThat(begin(40)).isEqualTo(new Job.Tries(2, 40));
        assertThat(begin(0)).as("its checkpoints were lost").isEqualTo(new Job.Tries(3, 40));
        assertThat(begin(41)).isEqualTo(new Job.Tries(1, 41));
        assertThat(jobs.find("a").orElseThrow().attempt()).isEqualTo(6);
    }

    private static Job.Tries begin(long step) {
        var jobs = new JdbcJobs(jdbc, JSON);
        jobs.lease("me", LEASE, Duration.ZERO, NOW);
        jobs.begin("a", "me", step);
        jobs.release("a", "me", "the child crashed", true, Duration.ZERO);
        return jobs.find("a").orElseThrow().tries();
    }

    @Test
    void aWaitingJobIsCancelledAtOnce() {
        jobs.insert(job("a", "m", null, State.QUEUED));

        assertThat(jobs.requestCancel("a")).isFalse();
        assertThat(jobs.cancelQueued("a", NOW)).isTrue();
        assertThat(jobs.find("a").orElseThrow().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void aRunningJobLearnsOfItsCancellationByHeartbeat() {
        jobs.insert(job("a", "m", null, State.QUEUED));
        jobs.lease("me", LEASE, Duration.ZERO, NOW);

        assertThat(jobs.cancelQueued("a", NOW)).isFalse();
        assertThat(jobs.requestCancel("a")).isTrue();
        assertThat(jobs.heartbeat("a", "me", LEASE)).contains(true);
    }

    @Test
    void theListIsNewestFirst() {
        jobs.insert(at("old", "m", NOW));
        jdbc.sql("UPDATE job SET state = 'FAILED'").update();
        jobs.insert(at("new", "m", NOW.plusSeconds(1)));
        jobs.insert(at("other", "n", NOW.plusSeconds(2)));

        assertThat(jobs.list("m", 10)).extracting(Job::id).containsExactly("new", "old");
        assertThat(jobs.list(null, 2)).extracting(Job::id).containsExactly("other", "new");
    }

    private static void expire(String id) {
        jdbc.sql("UPDATE job SET lease_until = now() - interval '1 second' WHERE id = :id").param("id", id).update();
    }

    private static Job at(String id, String model, Instant created) {
        return new Job(id, model, null, "MANUAL", "a test", new DataWindow.All(), JSON.createObjectNode().put("dataset", "d"), "hash",
            State.QUEUED, null, 0, 1, false, false, 0, Job.Tries.NONE, null, null, Job.Progress.NONE, Map.of(), created, null, null);
    }

    private static Job job(String id, String model, @Nullable String request, State state) {
        return new Job(id, model, request, "AGE", "a test", new DataWindow.Last(500), JSON.createObjectNode().put("dataset", "d"), "hash",
            state, null, 7, 2, true, true, 0, Job.Tries.NONE, null, null, Job.Progress.NONE, Map.of(), NOW, null, Job.ACTIVE.contains(state) ? null : NOW);
    }
}
