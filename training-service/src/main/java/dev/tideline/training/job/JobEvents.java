package dev.tideline.training.job;

import dev.tideline.contracts.TrainingProgress;
import dev.tideline.starter.event.EventPublisher;
import dev.tideline.starter.event.Outbox;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells the world where a job stands. Changes of state go through the outbox; figures in between may be lost. */
@Component
final class JobEvents {

    private static final Logger log = LoggerFactory.getLogger(JobEvents.class);

    private final Outbox outbox;
    private final JdbcJobFeed feed;
    private final EventPublisher publisher;
    private final InstantSource clock;

    JobEvents(Outbox outbox, JdbcJobFeed feed, EventPublisher publisher, InstantSource clock) {
        this.outbox = outbox;
        this.feed = feed;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** In the transaction that changed the state. */
    void changed(Job job, TrainingProgress.State state, @Nullable String message, Map<String, Double> metrics) {
        var event = event(job, state, message, job.progress(), metrics);
        outbox.append(event);
        feed.append(JdbcJobFeed.STATE, event);
    }

    void progress(Job job, Job.Progress progress, Map<String, Double> metrics) {
        var event = event(job, TrainingProgress.State.TRAINING, null, progress, metrics);
        feed.append(JdbcJobFeed.PROGRESS, event);
        publisher.publish(event).exceptionally(failure -> {
            log.debug("Job {}: progress not sent", job.id(), failure);
            return null;
        });
    }

    private TrainingProgress event(
            Job job, TrainingProgress.State state, @Nullable String message, Job.Progress progress, Map<String, Double> metrics) {
        return new TrainingProgress(UUID.randomUUID().toString(), clock.instant(), job.id(), job.model(), job.requestId(), state,
            message, progress.epoch(), progress.epochs(), progress.step(), progress.totalSteps(), progress.examplesPerSecond(),
            progress.etaSeconds(), metrics);
    }
}
