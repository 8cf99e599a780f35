package dev.tideline.ingest.version;

import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.features.Schema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of a dataset version's content: SHA-256 over the schema's fingerprint, the split rule and, per split and in order,
 * each slice's file checksum, skip and take. Where files lie plays no part.
 */
final class ContentHash {

    private ContentHash() {}

    static String of(WindowPlan plan, Schema schema, SplitRule rule) {
        MessageDigest sha256 = sha256();
        add(sha256, schema.fingerprint());
        add(sha256, rule.by() + " " + rule.evaluation());
        plan.splits().forEach((name, slices) -> {
            add(sha256, name);
            slices.forEach(slice -> add(sha256, slice.file().checksum() + " " + slice.skip() + " " + slice.take()));
        });
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void add(MessageDigest digest, String line) {
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
