package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.Approval;
import dev.tideline.contracts.TrainingRequest;
import dev.tideline.monitoring.archive.Archive;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.starter.event.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The loops of all models: takes observations, keeps state and sends requests, all in one transaction. */
@Component
public final class Loops {

    private static final Logger log = LoggerFactory.getLogger(Loops.class);
    private static final String NO_ROWS = "; the archive rule lets no labelled row back, so that none will come"
            + " (expected: a rule that is enabled with a share above 0, or a training asked for by hand)";

    private final JdbcLoops loops;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Archive archive;

    Loops(JdbcLoops loops, Archive archive, Outbox outbox, PlatformTransactionManager transactions, InstantSource clock, MeterRegistry meters) {
        this.loops = loops;
        this.archive = archive;
        this.outbox = outbox;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.meters = meters;
    }

    /** What a model's page shows of its loop. */
    public record View(LoopState state, RetrainingPolicy policy, String nextStep) {}

    /** Takes an observation, within the caller's transaction when there is one. */
    public void observe(String model, Observation observation) {
        transaction.executeWithoutResult(status -> step(model, observation));
    }

    /** Takes an observation unless one with the same event id was taken before. */
    public void observeOnce(String event, String model, Observation observation) {
        transaction.executeWithoutResult(status -> {
            if (loops.isNew(event, clock.instant())) {
                step(model, observation);
            }
        });
    }

    /** @throws TidelineException when a training is under way */
    public View request(String model, String reason) {
        transaction.executeWithoutResult(status -> {
            LoopState before = loops.lock(model, clock.instant());
            if (before.phase().inTraining()) {
                throw new TidelineException(RetrainingError.TRAINING_RUNNING, "model " + model + ": " + before.phase()
                        + " (expected: no training under way)");
            }
            step(model, new Observation.ManualRequest(reason));
        });
        return view(model).orElseThrow();
    }

    /** @throws TidelineException when no training is proposed and no candidate waits */
    View answerProposal(String model, Observation answer) {
        transaction.executeWithoutResult(status -> {
            LoopState before = loops.lock(model, clock.instant());
            if (before.phase() != Phase.APPROVAL) {
                throw new TidelineException(RetrainingError.NOTHING_PROPOSED, "model " + model + ": " + before.phase()
                        + " (expected: APPROVAL, a training or a candidate that waits for a person)");
            }
            step(model, answer);
        });
        return view(model).orElseThrow();
    }

    /** Pauses the policy of {@code model} or lets it go on. */
    View pause(String model, boolean paused) {
        replacePolicy(model, policy(model).pausedIs(paused));
        return view(model).orElseThrow();
    }

    public Optional<View> view(String model) {
        return loops.find(model).map(state -> {
            RetrainingPolicy policy = policy(model);
            String next = NextStep.of(state, policy, clock.instant());
            return new View(state, policy, waitsForNothing(model, state.phase()) ? next + NO_ROWS : next);
        });
    }

    public List<String> models() {
        return loops.models();
    }

    RetrainingPolicy policy(String model) {
        return loops.policy(model).orElseGet(RetrainingPolicy::defaults);
    }

    void replacePolicy(String model, RetrainingPolicy policy) {
        transaction.executeWithoutResult(status -> {
            loops.savePolicy(model, policy, clock.instant());
            step(model, new Observation.Tick());
        });
    }

    /** An alarm that collects rows which never come would be silent for ever. */
    private Transition told(String model, Transition transition) {
        if (!waitsForNothing(model, transition.to())) {
            return transition;
        }
        log.warn("model {}: {}{}", model, transition.reason(), NO_ROWS);
        return new Transition(transition.from(), transition.to(), transition.reason() + NO_ROWS, transition.evidence());
    }

    private boolean waitsForNothing(String model, Phase phase) {
        return phase == Phase.COLLECTING && !archive.isOpen(model);
    }

    private void step(String model, Observation observation) {
        Instant now = clock.instant();
        LoopState before = loops.lock(model, now);
        RetrainingPolicy policy = policy(model);
        Decision decision = RetrainingLoop.decide(before, policy, observation, now);
        if (!decision.state().equals(before)) {
            loops.save(decision.state(), now);
        }
        for (Transition transition : decision.transitions()) {
            loops.append(model, told(model, transition), now);
            log.info("model {}: {} -> {}: {}", model, transition.from(), transition.to(), transition.reason());
        }
        Decision.Request request = decision.request();
        if (request != null) {
            outbox.append(new TrainingRequest(request.id(), now, model, request.window(), request.trigger(),
                    request.reason(), request.evidence(), null, null, policy.deployApproval() ? true : null));
            meters.counter("tideline.training.requests", "model", model, "trigger", request.trigger().name()).increment();
        }
        Decision.Answer answer = decision.answer();
        if (answer != null) {
            outbox.append(new Approval(answer.request() + (answer.approved() ? "-approved" : "-refused"), now, model, answer.request(), answer.approved(),
                    answer.by(), answer.reason()));
        }
    }
}
