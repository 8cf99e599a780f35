package dev.tideline.features;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The byte form of a profile's counts, for state stores. The baseline is not in it: the reader must have the same one. */
public final class ProfileCodec {

    private ProfileCodec() {}

    public static byte[] write(Profile profile) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(profile.counts().length);
            for (long count : profile.counts()) {
                out.writeLong(count);
            }
            out.writeLong(profile.missing());
            out.writeLong(profile.mistyped());
            switch (profile) {
                case NumericProfile numeric -> {
                    out.writeLong(numeric.under);
                    out.writeLong(numeric.over);
                    out.writeLong(numeric.nonFinite);
                    out.writeDouble(numeric.sum);
                    out.writeDouble(numeric.sumOfSquares);
                    out.writeDouble(numeric.min);
                    out.writeDouble(numeric.max);
                }
                case CategoricalProfile categorical -> {
                    out.writeLong(categorical.unseen);
                    out.writeInt(categorical.named.size());
                    for (var entry : categorical.named.entrySet()) {
                        out.writeUTF(entry.getKey());
                        out.writeLong(entry.getValue());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException when {@code bytes} were written on other bins than {@code baseline}'s */
    public static Profile read(byte[] bytes, Baseline baseline) {
        Profile profile = Profile.on(baseline);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int bins = in.readInt();
            if (bins != profile.counts().length) {
                throw new IllegalArgumentException("profile: " + bins + " bins (expected: " + profile.counts().length + ")");
            }
            for (int i = 0; i < bins; i++) {
                profile.counts()[i] = in.readLong();
            }
            switch (profile) {
                case NumericProfile numeric -> {
                    numeric.missing = in.readLong();
                    numeric.mistyped = in.readLong();
                    numeric.under = in.readLong();
                    numeric.over = in.readLong();
                    numeric.nonFinite = in.readLong();
                    numeric.sum = in.readDouble();
                    numeric.sumOfSquares = in.readDouble();
                    numeric.min = in.readDouble();
                    numeric.max = in.readDouble();
                }
                case CategoricalProfile categorical -> {
                    categorical.missing = in.readLong();
                    categorical.mistyped = in.readLong();
                    categorical.unseen = in.readLong();
                    for (int named = in.readInt(); named > 0; named--) {
                        categorical.named.put(in.readUTF(), in.readLong());
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("profile: " + bytes.length + " bytes that end early", e);
        }
        return profile;
    }
}
