package dev.tideline.training.job;

import dev.tideline.contracts.TrainingProgress.State;
import dev.tideline.training.child.ChildMessage;
import dev.tideline.training.registry.Registry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down what happens to the jobs that this instance has leased: row and event together. */
@Component
final class JobRecords {

    private static final Logger log = LoggerFactory.getLogger(JobRecords.class);

    /** Connection pools pause up to 10 s between tries when the database is away. */
    private static final Duration POOL_PAUSE = Duration.ofSeconds(15);

    /** Names this instance in leases; a restarted service is another one. */
    private final String owner = UUID.randomUUID().toString();
    private final JdbcJobs jobs;
    private final JobEvents events;
    private final Registry registry;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final GangProperties gang;

    JobRecords(JdbcJobs jobs, JobEvents events, Registry registry, TransactionTemplate transaction, InstantSource clock,
            GangProperties gang) {
        this.jobs = jobs;
        this.events = events;
        this.registry = registry;
        this.transaction = transaction;
        this.clock = clock;
        this.gang = gang;
    }

    String owner() {
        return owner;
    }

    /** Takes the next job; its event is part of the same transaction. */
    @Nullable Job lease(JobProperties properties) {
        return transaction.execute(status -> {
            var job = jobs.lease(owner, properties.lease(), properties.lease().plus(POOL_PAUSE), clock.instant()).orElse(null);
            if (job != null) {
                events.changed(job, State.PREPARING, null, job.metrics());
            }
            return job;
        });
    }

    /** Counts the attempt, which starts from a checkpoint of {@code step}. */
    Job begun(Job job, long step) {
        jobs.begin(job.id(), owner, step);
        return jobs.find(job.id()).orElseThrow(() -> new LeaseLostException(job));
    }

    Job prepared(Job job, long datasetVersion, long version) {
        jobs.dataset(job.id(), owner, datasetVersion);
        jobs.reserve(job.id(), owner, version);
        return jobs.find(job.id()).orElseThrow(() -> new LeaseLostException(job));
    }

    Job training(Job job, ChildMessage.Training training) {
        log.info("Job {}: trains {} for {} steps from step {}", job.id(), job.model(), training.totalSteps(), training.resumedAt());
        training.damaged().forEach(damaged -> log.warn("Job {}: {}", job.id(), damaged));
        return move(job, State.PREPARING, State.TRAINING, training.damaged().isEmpty() ? null
            : "goes on from step " + training.resumedAt() + ", because: " + String.join("; ", training.damaged()));
    }

    void progress(Job job, ChildMessage.Progress figures) {
        var progress = new Job.Progress(figures.epoch(), figures.epochs(), figures.step(), figures.totalSteps(),
            figures.examplesPerSecond(), figures.etaSeconds());
        var metrics = Map.of("loss", figures.loss(), "inputWait", figures.inputWait());
        jobs.progress(job.id(), owner, progress, metrics);
        events.progress(job, progress, metrics);
    }

    Job evaluating(Job job) {
        return move(job, State.TRAINING, State.EVALUATING, null);
    }

    Job publishing(Job job) {
        return move(job, State.EVALUATING, State.PUBLISHING, null);
    }

    private Job move(Job job, State from, State to, @Nullable String message) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (!jobs.move(job.id(), owner, from, to, message)) {
                throw new LeaseLostException(job);
            }
            var now = jobs.find(job.id()).orElse(job);
            events.changed(now, to, message, now.metrics());
            return now;
        }));
    }

    /**
     * Ends the attempt as it went.
     *
     * @param attempts that may get no further before the job fails
     * @param step     of the newest checkpoint that there is now
     */
    void end(Job job, Ending ending, int attempts, long step) {
        switch (ending) {
            case Ending.Published published -> {
                var version = published.version();
                var metrics = new TreeMap<>(version.metrics());
                if (version.championMetrics() != null) {
                    version.championMetrics().forEach((name, value) -> metrics.put("champion/" + name, value));
                }
                if (version.promoted() && job.hold()) {
                    finish(job, State.HELD, "version " + version.version() + " passed the gate and waits for approval: " + version.reason(),
                        metrics, () -> registry.hold(version));
                } else {
                    finish(job, version.promoted() ? State.PROMOTED : State.REJECTED, version.reason(), metrics,
                        () -> registry.add(version));
                }
            }
            case Ending.Declined declined -> finish(job, State.DECLINED, declined.message(), Map.of(), () -> { });
            case Ending.Failed failed -> finish(job, State.FAILED, failed.message(), Map.of(), () -> { });
            case Ending.Interrupted interrupted -> {
                var tries = jobs.find(job.id()).orElse(job).tries();
                if (tries.fruitless() >= attempts && step <= tries.reachedStep()) {
                    finish(job, State.FAILED, "attempt " + job.attempt() + ", the last of " + attempts + " that got no further than step "
                        + tries.reachedStep() + ": " + interrupted.message(), Map.of(), () -> { });
                } else {
                    release(job, interrupted.message(), true, Duration.ZERO);
                }
            }
            case Ending.Postponed postponed -> release(job, postponed.message(), false, gang.pause());
            case Ending.Stopped stopped -> {
                switch (stopped.reason()) {
                    case CANCELLED -> finish(job, State.CANCELLED, "cancelled while it ran", Map.of(), () -> { });
                    case TIMEOUT -> finish(job, State.FAILED, "the training process took too long", Map.of(), () -> { });
                    case SHUTDOWN -> release(job, "the service that ran it stopped", false, Duration.ZERO);
                    case LEASE_LOST, GANG_OVER -> log.warn("Job {}: another instance has it now", job.id());
                }
            }
        }
    }

    private void finish(Job job, State state, String message, Map<String, Double> metrics, Runnable with) {
        transaction.executeWithoutResult(status -> {
            with.run();
            if (!jobs.finish(job.id(), owner, state, message, metrics, clock.instant())) {
                throw new LeaseLostException(job);
            }
            var now = jobs.find(job.id()).orElse(job);
            events.changed(now, state, message, now.metrics());
        });
        log.info("Job {}: {} {}: {}", job.id(), job.model(), state, message);
    }

    private void release(Job job, String message, boolean counts, Duration pause) {
        transaction.executeWithoutResult(status -> {
            if (jobs.release(job.id(), owner, message, counts, pause)) {
                events.changed(jobs.find(job.id()).orElse(job), State.QUEUED, message, job.metrics());
            }
        });
        log.info("Job {}: back to the queue: {}", job.id(), message);
    }
}
