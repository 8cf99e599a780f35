package dev.tideline.monitoring.profile;

import dev.tideline.features.Baseline;
import dev.tideline.features.Profile;
import dev.tideline.features.ProfileCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.SortedMap;

/** The byte form of a {@link ProfileSet}. The bins are not in it: the reader must have the baselines of the model version. */
public final class ProfileSetCodec {

    private static final byte FORM = 2;

    private ProfileSetCodec() {}

    public static byte[] write(ProfileSet set) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.writeLong(set.rows);
            out.writeLong(set.late);
            out.writeLong(set.foreign);
            write(out, set.from);
            write(out, set.to);
            out.writeInt(set.names.length);
            for (int i = 0; i < set.names.length; i++) {
                byte[] profile = ProfileCodec.write(set.profiles[i]);
                out.writeUTF(set.names[i]);
                out.writeInt(profile.length);
                out.write(profile);
            }
            writeConfidence(out, set.confidence);
            writeJoint(out, set.joint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException when {@code bytes} were not written on the bins of {@code baselines} */
    public static ProfileSet read(byte[] bytes, SortedMap<String, Baseline> baselines) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte form = in.readByte();
            if (form != FORM) {
                throw new IllegalArgumentException("profiles: form " + form + " (expected: " + FORM + ")");
            }
            ProfileSet set = new ProfileSet(baselines);
            set.rows = in.readLong();
            set.late = in.readLong();
            set.foreign = in.readLong();
            set.from = readInstant(in);
            set.to = readInstant(in);
            readProfiles(in, set, baselines);
            readConfidence(in, set.confidence);
            readJoint(in, set.joint);
            return set;
        } catch (IOException e) {
            throw new IllegalArgumentException("profiles: " + bytes.length + " bytes that end early", e);
        }
    }

    private static void readProfiles(DataInputStream in, ProfileSet set, SortedMap<String, Baseline> baselines) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            Baseline baseline = baselines.get(name);
            if (baseline == null || i >= set.names.length || !set.names[i].equals(name)) {
                throw new IllegalArgumentException("profile: " + name + " (expected: a feature of the baseline)");
            }
            Profile profile = ProfileCodec.read(in.readNBytes(in.readInt()), baseline);
            set.profiles[i].merge(profile);
        }
        if (count != set.names.length) {
            throw new IllegalArgumentException("profiles: " + count + " (expected: " + set.names.length + ", as in the baseline)");
        }
    }

    private static void writeConfidence(DataOutputStream out, Confidence confidence) throws IOException {
        boolean any = confidence.count() > 0;
        out.writeBoolean(any);
        if (any) {
            for (long count : confidence.counts) {
                out.writeLong(count);
            }
            out.writeDouble(confidence.sum);
            out.writeDouble(confidence.sumOfSquares);
        }
    }

    private static void readConfidence(DataInputStream in, Confidence confidence) throws IOException {
        if (in.readBoolean()) {
            for (int i = 0; i < confidence.counts.length; i++) {
                confidence.counts[i] = in.readLong();
            }
            confidence.sum = in.readDouble();
            confidence.sumOfSquares = in.readDouble();
        }
    }

    private static void writeJoint(DataOutputStream out, JointMoments joint) throws IOException {
        out.writeLong(joint.rows);
        out.writeInt(joint.sums.length);
        for (double sum : joint.sums) {
            out.writeDouble(sum);
        }
        for (double product : joint.products) {
            out.writeDouble(product);
        }
    }

    private static void readJoint(DataInputStream in, JointMoments joint) throws IOException {
        joint.rows = in.readLong();
        int size = in.readInt();
        if (size != joint.sums.length) {
            throw new IllegalArgumentException("moments: of " + size + " features (expected: " + joint.sums.length + ")");
        }
        for (int i = 0; i < size; i++) {
            joint.sums[i] = in.readDouble();
        }
        for (int i = 0; i < joint.products.length; i++) {
            joint.products[i] = in.readDouble();
        }
    }

    private static void write(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
