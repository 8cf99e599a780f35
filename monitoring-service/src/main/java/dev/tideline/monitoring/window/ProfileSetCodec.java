package dev.tideline.monitoring.window;

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
import java.util.TreeMap;

/** The byte form of a {@link ProfileSet}. The bins are not in it: the reader must have the baselines of the model version. */
final class ProfileSetCodec {

    private ProfileSetCodec() {}

    static byte[] write(ProfileSet set) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(set.rows());
            if (set.rows() > 0) {
                write(out, set.from());
                write(out, set.to());
            }
            out.writeInt(set.profiles().size());
            for (var entry : set.profiles().entrySet()) {
                byte[] profile = ProfileCodec.write(entry.getValue());
                out.writeUTF(entry.getKey());
                out.writeInt(profile.length);
                out.write(profile);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException when {@code bytes} were not written on the bins of {@code baselines} */
    static ProfileSet read(byte[] bytes, SortedMap<String, Baseline> baselines) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long rows = in.readLong();
            Instant from = rows > 0 ? readInstant(in) : Instant.MAX;
            Instant to = rows > 0 ? readInstant(in) : Instant.MIN;
            TreeMap<String, Profile> profiles = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                byte[] profile = in.readNBytes(in.readInt());
                Baseline baseline = baselines.get(name);
                if (baseline == null) {
                    throw new IllegalArgumentException("profile: " + name + " (expected: a feature of the baseline)");
                }
                profiles.put(name, ProfileCodec.read(profile, baseline));
            }
            return new ProfileSet(rows, from, to, profiles);
        } catch (IOException e) {
            throw new IllegalArgumentException("profiles: " + bytes.length + " bytes that end early", e);
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
