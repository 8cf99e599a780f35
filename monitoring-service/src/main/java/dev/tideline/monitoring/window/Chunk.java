package dev.tideline.monitoring.window;

import dev.tideline.features.Baseline;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.monitoring.profile.ProfileSet;
import dev.tideline.monitoring.profile.ProfileSetCodec;
import dev.tideline.tfrecord.Example;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.SortedMap;

/** What a partition sends to the window of a model version. */
sealed interface Chunk {

    /** Rows that were counted on the bins of the version. */
    record Profiled(byte[] profiles) implements Chunk {

        ProfileSet on(SortedMap<String, Baseline> baselines) {
            return ProfileSetCodec.read(profiles, baselines);
        }
    }

    /** One row of a version whose bins are not known yet. */
    record Raw(Instant time, Example example) implements Chunk {}

    static byte[] write(ProfileSet set) {
        byte[] profiles = ProfileSetCodec.write(set);
        return ByteBuffer.allocate(1 + profiles.length).put((byte) 0).put(profiles).array();
    }

    static byte[] write(Prediction prediction) {
        byte[] example = prediction.example().encode();
        return ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES + example.length).put((byte) 1)
                .putLong(prediction.time().getEpochSecond()).putInt(prediction.time().getNano()).put(example).array();
    }

    static Chunk read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.get() == 0) {
            return new Profiled(Arrays.copyOfRange(bytes, 1, bytes.length));
        }
        Instant time = Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
        return new Raw(time, Example.decode(Arrays.copyOfRange(bytes, buffer.position(), bytes.length)));
    }
}
