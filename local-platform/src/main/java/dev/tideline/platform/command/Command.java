package dev.tideline.platform.command;

import dev.tideline.platform.demo.DemoOptions;
import dev.tideline.platform.stack.StackOptions;

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

    /** Say what there is. */
    record Help() implements Command {}
}
