package dev.tideline.benchmarks.inference;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** Requests of seeded random numbers with four digits behind the point. */
final class Bodies {

    private static final long SEED = 2;

    private Bodies() {}

    static byte[] json(int rows, int features) {
        Random random = new Random(SEED);
        StringBuilder json = new StringBuilder("{\"instances\":[");
        for (int row = 0; row < rows; row++) {
            json.append(row == 0 ? "[" : ",[");
            for (int i = 0; i < features; i++) {
                json.append(i == 0 ? "" : ",").append(String.format(Locale.ROOT, "%.4f", random.nextGaussian()));
            }
            json.append(']');
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Where this code lies. */
    static Path location() {
        return Path.of(Bodies.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
