package dev.tideline.platform.backtest;

import dev.tideline.platform.demo.DemoOptions.Csv;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What to replay and how.
 *
 * @param home     folder of the repository, with the built modules
 * @param policy   retraining policy as JSON; null: the service's defaults
 * @param model    model definition as JSON; null: a small network over all columns
 * @param delay    rows after which a label arrives
 * @param history  rows that the first version is trained on; null: chosen by the length of the file
 * @param detector of concept drift; null: the service's default
 * @param threads  for training; 0 takes all cores
 * @param out      folder for the report; null: one by the name of the file
 * @param rivals   whether to replay the schedules too
 */
public record BacktestOptions(
        Path home, Csv csv, @Nullable Path policy, @Nullable Path model, int delay, @Nullable Integer history, @Nullable String detector,
        long seed, int threads, @Nullable Path out, boolean rivals) {

    Path folder() {
        if (out != null) {
            return out.toAbsolutePath();
        }
        var name = csv.file().getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.[^.]*$", "").replaceAll("[^a-z0-9_-]+", "-");
        return Path.of(".tideline", "backtest", name.isEmpty() ? "csv" : name).toAbsolutePath();
    }
}
