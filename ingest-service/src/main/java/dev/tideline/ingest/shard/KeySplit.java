package dev.tideline.ingest.shard;

import dev.tideline.features.DatasetManifest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Puts all records of a key into one split, by the first 53 bits of the SHA-256 of the key as a fraction of one. */
final class KeySplit {

    static final String TRAIN = DatasetManifest.TRAIN;
    static final String EVALUATION = DatasetManifest.EVALUATION;

    private static final double TWO_TO_53 = 0x1p53;

    private final double evaluation;
    private final MessageDigest sha256;

    KeySplit(double evaluation) {
        this.evaluation = evaluation;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String of(byte[] key) {
        long bits = ByteBuffer.wrap(sha256.digest(key)).getLong() >>> 11;
        return bits / TWO_TO_53 < evaluation ? EVALUATION : TRAIN;
    }
}
