package dev.tideline.training.job;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.TrainingProgress.State;
import dev.tideline.contracts.TrainingRequest;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.training.model.Model;
import dev.tideline.training.model.Models;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes jobs in, shows them, cancels them. */
@Component
final class JobDesk {

    private static final int LISTED = 100;

    private final JdbcJobs jobs;
    private final Models models;
    private final JobEvents events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Bell bell;

    JobDesk(JdbcJobs jobs, Models models, JobEvents events, TransactionTemplate transaction, InstantSource clock, Bell bell) {
        this.jobs = jobs;
        this.models = models;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
        this.bell = bell;
    }

    /**
     * A person asks: a refusal is an error.
     *
     * @param workers null: as the definition says
     * @param elastic likewise
     */
    Job submit(String modelName, DataWindow window, String reason, int priority, @Nullable Integer workers, @Nullable Boolean elastic) {
        var model = models.get(modelName);
        var crew = Crew.of(model, workers, elastic);
        var problem = crew.problem();
        if (problem != null) {
            throw new TidelineException(JobError.INVALID_JOB, problem);
        }
        var job = newJob(modelName, model, null, "MANUAL", reason, window, priority, crew, false, State.QUEUED, null);
        boolean taken = Boolean.TRUE.equals(transaction.execute(status -> {
            boolean inserted = jobs.insert(job);
            if (inserted) {
                events.changed(job, State.QUEUED, null, Map.of());
            }
            return inserted;
        }));
        if (!taken) {
            throw new TidelineException(JobError.JOB_ACTIVE, "model " + modelName + ": job "
                + jobs.active(modelName).map(Job::id).orElse("?") + " is not finished (expected: one job at a time)");
        }
        bell.ring();
        return job;
    }

    /** An event asks: a refusal is a job that was declined, with the reason. The same event twice is one job. */
    void submit(TrainingRequest request) {
        var trigger = request.trigger() == null ? "MANUAL" : request.trigger().name();
        var reason = request.reason() == null ? trigger.toLowerCase(Locale.ROOT) : request.reason();
        var window = request.window() == null ? new DataWindow.All() : request.window();
        transaction.executeWithoutResult(status -> {
            if (jobs.knowsRequest(request.id())) {
                return;
            }
            var model = models.find(request.model()).orElse(null);
            if (model == null) {
                decline(request, null, trigger, reason, window, "model: " + request.model() + " (expected: a declared model)");
                return;
            }
            var crew = Crew.of(model, request.workers(), request.elastic());
            var problem = crew.problem();
            if (problem != null) {
                decline(request, model, trigger, reason, window, problem);
                return;
            }
            var job = newJob(request.model(), model, request.id(), trigger, reason, window, 0, crew, Boolean.TRUE.equals(request.hold()), State.QUEUED, null);
            if (jobs.insert(job)) {
                events.changed(job, State.QUEUED, null, Map.of());
            } else if (!jobs.knowsRequest(request.id())) {
                decline(request, model, trigger, reason, window, "model " + request.model() + ": job "
                    + jobs.active(request.model()).map(Job::id).orElse("?") + " is not finished (expected: one job at a time)");
            }
        });
        bell.ring();
    }

    Job get(String id) {
        return jobs.find(id).orElseThrow(() -> new TidelineException(JobError.UNKNOWN_JOB, "job: " + id + " (expected: a known job)"));
    }

    List<Job> list(@Nullable String model) {
        return jobs.list(model, LISTED);
    }

    Job cancel(String id) {
        var job = get(id);
        boolean cancelled = Boolean.TRUE.equals(transaction.execute(status -> {
            boolean done = jobs.cancelQueued(id, clock.instant());
            if (done) {
                events.changed(job, State.CANCELLED, "cancelled before it began", job.metrics());
            }
            return done;
        }));
        if (!cancelled && !jobs.requestCancel(id)) {
            throw new TidelineException(JobError.JOB_FINISHED,
                "job " + id + ": " + get(id).state() + " (expected: a job that is not finished)");
        }
        return get(id);
    }

    private void decline(TrainingRequest request, @Nullable Model model, String trigger, String reason, DataWindow window, String why) {
        var job = newJob(request.model(), model, request.id(), trigger, reason, window, 0, Crew.ALONE, false, State.DECLINED, why);
        if (jobs.insert(job)) {
            events.changed(job, State.DECLINED, why, Map.of());
        }
    }

    private Job newJob(String name, @Nullable Model model, @Nullable String request, String trigger, String reason, DataWindow window,
            int priority, Crew crew, boolean hold, State state, @Nullable String message) {
        var now = clock.instant();
        return new Job(UUID.randomUUID().toString(), name, request, trigger, reason, window,
            model == null ? null : model.definition(), model == null ? null : model.definitionHash(), state, message, priority,
            crew.workers(), crew.elastic(), hold, 0, Job.Tries.NONE, null, null,
            Job.Progress.NONE, Map.of(), now, null, Job.ACTIVE.contains(state) ? null : now);
    }
}
