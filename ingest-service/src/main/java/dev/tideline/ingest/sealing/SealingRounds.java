package dev.tideline.ingest.sealing;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Looks at all rules from time to time. A dataset whose writers are slow keeps no other from its turn. */
@Component
final class SealingRounds implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(SealingRounds.class);
    private static final Duration STOP = Duration.ofSeconds(5);
    /** Sealing asks the database again and again while it waits for writers; the pool belongs to others too. */
    private static final int AT_A_TIME = 4;

    private final JdbcSealing rules;
    private final Sealing sealing;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService turns = Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().name("sealing-", 0).factory());

    SealingRounds(JdbcSealing rules, Sealing sealing) {
        this.rules = rules;
        this.sealing = sealing;
    }

    @Scheduled(fixedDelayString = "${tideline.ingest.sealing.every:1s}")
    void round() {
        try {
            for (String dataset : rules.free()) {
                if (busy.add(dataset)) {
                    turns.execute(() -> turn(dataset));
                }
            }
        } catch (DataAccessException | TransactionException unavailable) {
            log.debug("Sealing rules wait", unavailable);
        }
    }

    private void turn(String dataset) {
        try {
            sealing.turn(dataset);
        } catch (RuntimeException failure) {
            log.warn("The sealing rule of dataset {} waits for its next turn: {}", dataset, failure.toString());
        } finally {
            busy.remove(dataset);
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        turns.shutdownNow();
        turns.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
    }
}
