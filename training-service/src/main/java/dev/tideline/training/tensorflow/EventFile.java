package dev.tideline.training.tensorflow;

import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/**
 * Figures for TensorBoard: {@code Event} messages framed as TFRecords, in a file whose name TensorBoard looks for
 * (https://github.com/tensorflow/tensorboard, {@code event_file_loader}). A process that goes on from a checkpoint starts a file of its
 * own and says from which step on it counts.
 */
public final class EventFile implements AutoCloseable {

    private final TfRecordWriter writer;
    private final InstantSource clock;

    /** @param attempt tells the files of one job apart */
    public EventFile(Path folder, int attempt, InstantSource clock) throws IOException {
        this.clock = clock;
        Files.createDirectories(folder);
        var name = String.format(Locale.ROOT, "events.out.tfevents.%010d.tideline.%04d", clock.instant().getEpochSecond(), attempt);
        Files.deleteIfExists(folder.resolve(name));
        writer = TfRecordWriter.create(folder.resolve(name));
        write(Event.newBuilder().setFileVersion("brain.Event:2"));
    }

    /** What earlier files say about {@code step} and later does not count any more. */
    public void startAt(long step) throws IOException {
        write(Event.newBuilder().setStep(step).setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START)));
    }

    /** Adds figures of one step; readers see them at once. */
    public void scalars(long step, Map<String, Double> figures) throws IOException {
        var summary = Summary.newBuilder();
        figures.forEach((tag, value) -> summary.addValue(
            Summary.Value.newBuilder().setTag(tag).setSimpleValue(value.floatValue())));
        write(Event.newBuilder().setStep(step).setSummary(summary));
    }

    private void write(Event.Builder event) throws IOException {
        writer.write(event.setWallTime(seconds(clock.instant())).build().toByteArray());
        writer.force();
    }

    private static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / 1e9;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
