package dev.tideline.training.job;

import dev.tideline.storage.StorageUnavailableException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Waits for a database or a bucket that is away: hours of training are not given up because PostgreSQL is restarted. */
final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private final Duration pause;
    private final Duration most;
    private final LongSupplier nanos;

    /** @param most after this time the failure is passed on */
    Outage(Duration pause, Duration most, LongSupplier nanos) {
        this.pause = pause;
        this.most = most;
        this.nanos = nanos;
    }

    /** Something that may find one of them away. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Whether the failure passes when the other side comes back. */
    static boolean is(Exception failure) {
        return switch (failure) {
            case TransactionException away -> true;
            case DataAccessResourceFailureException away -> true;
            case NonTransientDataAccessException mistake -> false;
            case DataAccessException away -> true;
            case StorageUnavailableException away -> away.passing();
            default -> false;
        };
    }

    /**
     * Does {@code work}, again and again while what it needs is away.
     *
     * @param what   for the log
     * @param giveUp when it is not worth the wait any more
     */
    <T, E extends Exception> T outlast(String what, BooleanSupplier giveUp, Work<T, E> work) throws E {
        long begun = nanos.getAsLong();
        while (true) {
            try {
                return work.run();
            } catch (Exception failure) {
                if (!is(failure) || giveUp.getAsBoolean() || nanos.getAsLong() - begun > most.toNanos()) {
                    throw failure;
                }
                log.warn("{} waits: {}", what, failure.getMessage());
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw failure;
                }
            }
        }
    }
}
