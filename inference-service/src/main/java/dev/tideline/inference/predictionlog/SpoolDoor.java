package dev.tideline.inference.predictionlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The spool for callers that must not fail: without room, or without a disk, records are dropped and counted. */
final class SpoolDoor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SpoolDoor.class);

    private final @Nullable Spool spool;
    private final LogMetrics metrics;
    private volatile boolean troubled;

    private SpoolDoor(@Nullable Spool spool, LogMetrics metrics) {
        this.spool = spool;
        this.metrics = metrics;
    }

    /** @param maxBytes 0: no spool */
    static SpoolDoor open(Path folder, long maxBytes, LogMetrics metrics) {
        if (maxBytes <= 0) {
            return new SpoolDoor(null, metrics);
        }
        try {
            Spool spool = new Spool(SpoolFolder.claim(folder), maxBytes);
            metrics.spool(spool::bytes);
            return new SpoolDoor(spool, metrics);
        } catch (IOException e) {
            log.warn("Predictions cannot wait on disk while the broker is away: {}", e.toString());
            return new SpoolDoor(null, metrics);
        }
    }

    boolean isEmpty() {
        return spool == null || spool.isEmpty();
    }

    void add(LogRecord record) {
        try {
            if (spool != null && spool.add(record)) {
                metrics.spooled(record.servable());
                troubled = false;
                return;
            }
        } catch (IOException e) {
            // Once, not for every record: a full disk is not helped by what is written about it.
            if (!troubled) {
                log.warn("Predictions cannot wait on disk; they are dropped and counted: {}", e.toString());
            }
            troubled = true;
        }
        metrics.dropped(record.servable(), LogMetrics.Reason.DISK, 1);
    }

    void flush() {
        if (spool != null) {
            try {
                spool.flush();
            } catch (IOException e) {
                log.warn("Spooled predictions do not reach the disk: {}", e.toString());
            }
        }
    }

    List<LogRecord> peek(int most) {
        try {
            return spool == null ? List.of() : spool.peek(most);
        } catch (IOException | UncheckedIOException e) {
            log.warn("Spooled predictions cannot be read: {}", e.toString());
            return List.of();
        }
    }

    void remove() {
        try {
            if (spool != null) {
                spool.remove();
            }
        } catch (IOException e) {
            log.warn("Spooled predictions may be sent again after a restart: {}", e.toString());
        }
    }

    @Override
    public void close() {
        if (spool != null) {
            try {
                spool.close();
            } catch (IOException e) {
                log.warn("Spooled predictions may be lost: {}", e.toString());
            }
        }
    }
}
