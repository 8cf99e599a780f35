package dev.tideline.platform.demo;

import dev.tideline.contracts.TrainingProgress;
import dev.tideline.platform.console.Console;
import java.util.Locale;

/** One progress event as a bar. */
final class TrainingBar {

    private TrainingBar() {}

    static void draw(Console console, TrainingProgress progress) {
        console.progress("training", share(progress), text(progress));
    }

    static double share(TrainingProgress progress) {
        return progress.totalSteps() == 0 ? 0 : (double) progress.step() / progress.totalSteps();
    }

    static String text(TrainingProgress progress) {
        if (progress.totalSteps() == 0) {
            return "reading the data";
        }
        var loss = progress.metrics().get("loss");
        return String.format(Locale.ROOT, "step %,d of %,d, %sepoch %d of %d, %,.0f examples/s, %.0f s left",
                progress.step(), progress.totalSteps(), loss == null ? "" : String.format(Locale.ROOT, "loss %.4f, ", loss),
                progress.epoch(), progress.epochs(), progress.examplesPerSecond(), progress.etaSeconds());
    }
}
