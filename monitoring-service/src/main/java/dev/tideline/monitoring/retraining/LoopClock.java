package dev.tideline.monitoring.retraining;

import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Lets time pass for the loops: ends cool-downs, notices requests that nobody answers. */
@Component
final class LoopClock {

    private static final Logger log = LoggerFactory.getLogger(LoopClock.class);
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Loops loops;
    private final JdbcLoops store;
    private final InstantSource clock;

    LoopClock(Loops loops, JdbcLoops store, InstantSource clock) {
        this.loops = loops;
        this.store = store;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${tideline.monitoring.loop.tick:5s}", initialDelayString = "${tideline.monitoring.loop.tick:5s}")
    void tick() {
        try {
            store.models().forEach(model -> loops.observe(model, new Observation.Tick()));
        } catch (DataAccessException | TransactionException away) {
            log.warn("loops: not ticked, {}", away.getMessage());
        }
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    void forget() {
        try {
            store.forgetEventsBefore(clock.instant().minus(REMEMBERED));
        } catch (DataAccessException | TransactionException away) {
            log.warn("handled events: not pruned, {}", away.getMessage());
        }
    }
}
