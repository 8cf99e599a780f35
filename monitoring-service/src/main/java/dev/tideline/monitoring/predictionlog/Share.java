package dev.tideline.monitoring.predictionlog;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** A share of all predictions, chosen by their ids, so that every instance and every repetition chooses the same. */
public final class Share {

    private static final double RANGE = 1L << 32;

    private Share() {}

    /**
     * @param share 0 for none to 1 for all
     * @param salt  different choices for different uses
     */
    public static boolean takes(String id, double share, String salt) {
        if (share >= 1 || share <= 0) {
            return share >= 1;
        }
        CRC32C hash = new CRC32C();
        hash.update((salt + '\0' + id).getBytes(StandardCharsets.UTF_8));
        // A CRC is linear; two rounds of multiplication spread ids that differ in their last digits only.
        long spread = hash.getValue() * 0x9E3779B97F4A7C15L;
        spread = (spread ^ spread >>> 29) * 0xBF58476D1CE4E5B9L;
        return (spread >>> 32) / RANGE < share;
    }
}
