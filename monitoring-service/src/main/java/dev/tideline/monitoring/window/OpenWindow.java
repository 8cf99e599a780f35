package dev.tideline.monitoring.window;

import dev.tideline.features.Baseline;
import dev.tideline.monitoring.profile.ProfileSet;
import dev.tideline.monitoring.profile.ProfileSetCodec;
import dev.tideline.monitoring.signal.Signal.ClosedBy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The window of a model version that is being filled.
 *
 * @param sequence counts the windows of the version from 1
 * @param arrived  when its first chunk arrived, in milliseconds since 1970; 0 while it is empty
 * @param rows     merged so far
 */
record OpenWindow(long sequence, long arrived, ProfileSet rows) {

    private static final int HEADER = 2 * Long.BYTES;

    static OpenWindow first(SortedMap<String, Baseline> baselines) {
        return new OpenWindow(1, 0, new ProfileSet(baselines));
    }

    OpenWindow next(SortedMap<String, Baseline> baselines) {
        return new OpenWindow(sequence + 1, 0, new ProfileSet(baselines));
    }

    boolean isEmpty() {
        return rows.rows() == 0;
    }

    /** This window with a chunk merged in. */
    OpenWindow with(ProfileSet chunk, long now) {
        rows.merge(chunk);
        return new OpenWindow(sequence, arrived == 0 ? now : arrived, rows);
    }

    /** Why the window is to be closed now; null when it stays open. */
    @Nullable ClosedBy due(WindowProperties properties, long now) {
        if (isEmpty()) {
            return null;
        }
        if (rows.rows() >= properties.rows()) {
            return ClosedBy.ROWS;
        }
        if (!rows.from().isAfter(rows.to()) && Duration.between(rows.from(), rows.to()).compareTo(properties.time()) >= 0) {
            return ClosedBy.TIME;
        }
        return now - arrived >= properties.time().toMillis() ? ClosedBy.SILENCE : null;
    }

    byte[] write() {
        byte[] profiles = ProfileSetCodec.write(rows);
        return ByteBuffer.allocate(HEADER + profiles.length).putLong(sequence).putLong(arrived).put(profiles).array();
    }

    static OpenWindow read(byte[] bytes, SortedMap<String, Baseline> baselines) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long sequence = buffer.getLong();
        long arrived = buffer.getLong();
        byte[] profiles = new byte[buffer.remaining()];
        buffer.get(profiles);
        return new OpenWindow(sequence, arrived, ProfileSetCodec.read(profiles, baselines));
    }

    /** Event time of its first prediction; of its arrival when all are late. */
    Instant from() {
        return rows.from().isAfter(rows.to()) ? Instant.ofEpochMilli(arrived) : rows.from();
    }

    /** Event time of its last prediction; of its arrival when all are late. */
    Instant to() {
        return rows.from().isAfter(rows.to()) ? Instant.ofEpochMilli(arrived) : rows.to();
    }
}
