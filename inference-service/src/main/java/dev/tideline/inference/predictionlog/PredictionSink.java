package dev.tideline.inference.predictionlog;

import java.time.Duration;

/** Where logged predictions go. Called by the log's thread only; may take its time. */
interface PredictionSink extends AutoCloseable {

    /** Counts the record as logged or dropped, now or later. */
    void write(LogRecord record);

    /** Nothing more is there at the moment; called at least a few times a second. */
    void idle();

    /** Waits for what was written, at most so long, and frees all. */
    void close(Duration patience);

    @Override
    default void close() {
        close(Duration.ZERO);
    }
}
