package dev.tideline.ingest.sealing;

import dev.tideline.ingest.dataset.RecordCounts;
import dev.tideline.ingest.version.Versions;
import dev.tideline.starter.error.TidelineException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Carries a dataset's sealing rule out. Any number of instances may try at once: one has the lease. */
@Service
final class Sealing {

    private static final Logger log = LoggerFactory.getLogger(Sealing.class);

    private final JdbcSealing rules;
    private final RecordCounts counts;
    private final Versions versions;
    private final InstantSource clock;
    private final SealingProperties properties;
    private final MeterRegistry meters;

    Sealing(JdbcSealing rules, RecordCounts counts, Versions versions, InstantSource clock, SealingProperties properties, MeterRegistry meters) {
        this.rules = rules;
        this.counts = counts;
        this.versions = versions;
        this.clock = clock;
        this.properties = properties;
        this.meters = meters;
    }

    SealingPlan.State state(String dataset, JdbcSealing.Row row) {
        // Counted first: a version that is sealed in between makes the count look too small, which only waits for the next look.
        long committed = counts.of(dataset).committed();
        Versions.Latest latest = versions.latest(dataset).orElse(null);
        return new SealingPlan.State(SealingRuleReader.read(row.json()), row.nextDue(), committed, latest == null ? 0 : latest.version(),
                latest == null ? 0 : latest.committed());
    }

    /** One look at a dataset's rule. */
    void turn(String dataset) {
        JdbcSealing.Row row = rules.find(dataset).orElse(null);
        if (row == null || SealingPlan.decide(state(dataset, row), clock.instant()) instanceof SealingPlan.Step.Wait) {
            return;
        }
        if (rules.lease(dataset, properties.lease())) {
            leased(dataset);
        }
    }

    /** Decides again, since another instance may have acted between the first look and the lease. */
    private void leased(String dataset) {
        JdbcSealing.Row row = rules.find(dataset).orElse(null);
        if (row == null) {
            return;
        }
        Instant now = clock.instant();
        SealingPlan.State state = state(dataset, row);
        switch (SealingPlan.decide(state, now)) {
            case SealingPlan.Step.Wait waiting -> rules.release(dataset);
            case SealingPlan.Step.Skip skip -> decided(dataset, state, new Decision(now, Decision.Outcome.SKIPPED, skip.reason(), null));
            case SealingPlan.Step.Seal step -> seal(dataset, state, step, now);
        }
    }

    private void seal(String dataset, SealingPlan.State state, SealingPlan.Step.Seal step, Instant now) {
        try {
            long version = versions.seal(dataset, step.window(), step.requestId(), step.trigger());
            decided(dataset, state, new Decision(now, Decision.Outcome.SEALED, step.reason(), version));
        } catch (TidelineException refused) {
            String reason = step.reason() + "; " + refused.code().name() + ": " + refused.getMessage();
            if (refused.code().name().equals(Versions.NO_RECORDS)) {
                rules.decided(dataset, new Decision(now, Decision.Outcome.SKIPPED, reason, null), state.nextDue(), after(state, now),
                        properties.retry());
            } else {
                failed(dataset, state, reason, now);
            }
        } catch (RuntimeException failure) {
            failed(dataset, state, step.reason() + "; " + failure, now);
        }
    }

    private void failed(String dataset, SealingPlan.State state, String reason, Instant now) {
        log.warn("Dataset {} was not sealed: {}", dataset, reason);
        meters.counter("tideline.ingest.sealing.failures", "dataset", dataset).increment();
        rules.decided(dataset, new Decision(now, Decision.Outcome.FAILED, reason, null), state.nextDue(), state.nextDue(), properties.retry());
    }

    private void decided(String dataset, SealingPlan.State state, Decision decision) {
        rules.decided(dataset, decision, state.nextDue(), after(state, decision.at()), Duration.ZERO);
    }

    private static @Nullable Instant after(SealingPlan.State state, Instant now) {
        Schedule schedule = state.rule().schedule();
        Instant due = state.nextDue();
        if (schedule == null || due == null || due.isAfter(now)) {
            return due;
        }
        return schedule.next(now).orElse(null);
    }
}
