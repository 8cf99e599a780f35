package dev.tideline.monitoring.archive;

import dev.tideline.monitoring.archive.ArchiveRule.Redaction;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hides what a model's rule names. Thread-safe. */
public final class Redactor {

    private static final String ALGORITHM = "HmacSHA256";

    private final SortedMap<String, Redaction> redact;
    private final SecretKeySpec secret;

    Redactor(SortedMap<String, Redaction> redact, byte[] secret) {
        this.redact = redact;
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** {@code example} without what is to be hidden. */
    public Example apply(Example example) {
        if (redact.isEmpty()) {
            return example;
        }
        TreeMap<String, Feature> features = new TreeMap<>(example.features());
        redact.forEach((name, redaction) -> features.computeIfPresent(name, (known, feature) -> switch (redaction) {
            case DROP -> null;
            case HASH -> feature instanceof Feature.Bytes bytes ? hashed(bytes) : null;
        }));
        return Example.of(features);
    }

    /** The names of {@code example} that {@link #apply} changes or leaves out. */
    public SortedSet<String> hidden(Example example) {
        TreeSet<String> names = new TreeSet<>(redact.keySet());
        names.retainAll(example.features().keySet());
        return names;
    }

    private Feature hashed(Feature.Bytes bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[][] hashes = new byte[bytes.size()][];
            for (int i = 0; i < hashes.length; i++) {
                hashes[i] = HexFormat.of().formatHex(mac.doFinal(bytes.values()[i])).getBytes(StandardCharsets.US_ASCII);
            }
            return new Feature.Bytes(hashes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform", impossible);
        }
    }
}
