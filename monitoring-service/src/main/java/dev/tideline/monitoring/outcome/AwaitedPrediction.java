package dev.tideline.monitoring.outcome;

import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.tfrecord.Example;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** What the join remembers of a prediction: all of it until its label comes, then only the label. */
sealed interface AwaitedPrediction {

    /** The label has not come. */
    record Waiting(Prediction prediction) implements AwaitedPrediction {}

    /** The first label that came, as JSON text. */
    record Answered(String label) implements AwaitedPrediction {}

    static byte[] write(AwaitedPrediction awaited) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (awaited) {
                case Waiting(Prediction prediction) -> {
                    out.writeByte(0);
                    out.writeUTF(prediction.model());
                    out.writeLong(prediction.version());
                    out.writeLong(prediction.time().getEpochSecond());
                    out.writeInt(prediction.time().getNano());
                    out.write(prediction.example().encode());
                }
                case Answered(String label) -> {
                    out.writeByte(1);
                    out.writeUTF(label);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static AwaitedPrediction read(String id, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() == 1) {
                return new Answered(in.readUTF());
            }
            return new Waiting(new Prediction(id, in.readUTF(), in.readLong(),
                    Instant.ofEpochSecond(in.readLong(), in.readInt()), Example.decode(in.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
