package dev.tideline.inference.predictionlog;

import dev.tideline.inference.prediction.Prediction;
import java.time.Duration;

/** Where logged predictions go. Called by the log's thread only; may take its time. */
interface PredictionSink extends AutoCloseable {

    void write(Prediction prediction);

    /** Waits for what was written, at most so long, and frees all. */
    void close(Duration patience);

    @Override
    default void close() {
        close(Duration.ZERO);
    }
}
