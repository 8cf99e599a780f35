package dev.tideline.platform.command;

import dev.tideline.platform.backtest.BacktestOptions;
import dev.tideline.platform.demo.DemoOptions;
import dev.tideline.platform.replay.ReplayOptions;
import dev.tideline.platform.replay.WarmUpOptions;
import dev.tideline.platform.stack.StackOptions;
import java.net.URI;

/** What the person asked for. */
sealed interface Command {

    /** Run the platform until told to stop. */
    record Up(StackOptions stack) implements Command {}

    /**
     * Run the platform and drive the loop.
     *
     * @param fresh whether the data folder is the demo's own, to be emptied first
     */
    record Demo(StackOptions stack, DemoOptions demo, boolean fresh) implements Command {}

    /** Ask for a training job and follow it; {@code order} is the request's body. */
    record Train(URI training, String model, String order) implements Command {}

    /** Follow a training job. */
    record Follow(URI training, String job) implements Command {}

    /** Replay a labelled history through the retraining policy. */
    record Backtest(BacktestOptions options) implements Command {}

    /** Send logged predictions again. */
    record Replay(ReplayOptions options) implements Command {}

    /** Make a warm-up file of logged predictions. */
    record WarmUp(WarmUpOptions options) implements Command {}

    /** Say what there is. */
    record Help() implements Command {}
}
