package dev.tideline.platform.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * @param brief  fewer generated records and less waiting
 * @param once   whether the platform is stopped at the end
 * @param report file for the figures as JSON; none when null
 * @param csv    what to replay; the generated trips when null
 * @param rate   rows of live traffic per second; the scenario's own when null
 */
public record DemoOptions(boolean once, boolean brief, @Nullable Path report, @Nullable Csv csv, @Nullable Double rate) {

    /**
     * @param label the column to predict
     * @param key   the column that identifies a row
     * @param time  the column with the event time
     */
    public record Csv(Path file, String label, @Nullable String key, @Nullable String time) {}
}
