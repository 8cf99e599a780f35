package dev.tideline.monitoring.predictionlog;

/** What a message of the prediction log turned out to be. */
public sealed interface LogEntry permits Prediction, LogEntry.Unreadable {

    /** A message that can never be processed, as it came. */
    record Unreadable(byte[] value, String reason) implements LogEntry {}
}
