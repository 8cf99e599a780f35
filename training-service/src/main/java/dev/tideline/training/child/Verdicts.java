package dev.tideline.training.child;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Who says after each pass whether training is over. */
sealed interface Verdicts {

    /** Nobody: every pass is made. */
    record None() implements Verdicts {}

    /** This process. */
    record Own(PassJudge judge) implements Verdicts {}

    /** The first worker of the job. */
    record OfAnother() implements Verdicts {}

    /** Whether passes are judged, here or elsewhere. */
    default boolean wanted() {
        return !(this instanceof None);
    }

    /** @param writer writes a checkpoint under a prefix */
    default boolean over(int pass, Consumer<Path> writer) throws IOException {
        return this instanceof Own(PassJudge judge) && judge.judge(pass, writer);
    }

    /** Prefix of the weights to export: the best ones, or {@code last}. */
    default Path chosen(Path last) {
        return this instanceof Own(PassJudge judge) ? judge.chosen(last) : last;
    }
}
