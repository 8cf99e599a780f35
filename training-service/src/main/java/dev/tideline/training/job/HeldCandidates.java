package dev.tideline.training.job;

import dev.tideline.contracts.Approval;
import dev.tideline.contracts.TrainingProgress.State;
import dev.tideline.training.registry.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Candidates that passed the gate and wait for a person. */
@Component
final class HeldCandidates {

    private static final Logger log = LoggerFactory.getLogger(HeldCandidates.class);

    private final JdbcJobs jobs;
    private final JobEvents events;
    private final Registry registry;
    private final TransactionTemplate transaction;

    HeldCandidates(JdbcJobs jobs, JobEvents events, Registry registry, TransactionTemplate transaction) {
        this.jobs = jobs;
        this.events = events;
        this.registry = registry;
        this.transaction = transaction;
    }

    /** Ends the wait as was decided. A decision that nothing waits for, such as the same one again, changes nothing. */
    void decide(Approval approval) {
        transaction.executeWithoutResult(status -> jobs.held(approval.request()).ifPresentOrElse(job -> decide(job, approval),
            () -> log.info("Request {}: a decision by {}, but no candidate waits", approval.request(), approval.by())));
    }

    private void decide(Job job, Approval approval) {
        var words = (approval.approved() ? "approved by " : "refused by ") + approval.by() + ": " + approval.reason();
        long version = java.util.Objects.requireNonNull(job.version());
        var problem = approval.approved() ? registry.approve(job.model(), version, approval.by(), words) : null;
        var state = approval.approved() && problem == null ? State.PROMOTED : State.REJECTED;
        var message = problem == null ? words : words + "; but " + problem;
        jobs.decided(job.id(), state, message);
        events.changed(job, state, message, job.metrics());
        log.info("Job {}: {} version {} {}: {}", job.id(), job.model(), version, state, message);
    }
}
