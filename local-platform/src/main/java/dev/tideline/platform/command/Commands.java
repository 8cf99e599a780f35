package dev.tideline.platform.command;

import dev.tideline.platform.backtest.BacktestRun;
import dev.tideline.platform.command.Command.Backtest;
import dev.tideline.platform.command.Command.Demo;
import dev.tideline.platform.command.Command.Follow;
import dev.tideline.platform.command.Command.Help;
import dev.tideline.platform.command.Command.Replay;
import dev.tideline.platform.command.Command.Train;
import dev.tideline.platform.command.Command.Up;
import dev.tideline.platform.command.Command.WarmUp;
import dev.tideline.platform.console.Console;
import dev.tideline.platform.demo.DemoRun;
import dev.tideline.platform.follow.JobFollower;
import dev.tideline.platform.replay.ReplayLog;
import dev.tideline.platform.replay.WarmUpFile;
import dev.tideline.platform.stack.LaunchException;
import dev.tideline.platform.stack.Stack;
import dev.tideline.platform.stack.StackOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Runs a command line and gives the exit status. */
public final class Commands {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int INTERRUPTED = 130;

    private final Console console;
    private final StopSignal stop;

    private Commands(Console console, StopSignal stop) {
        this.console = console;
        this.stop = stop;
    }

    /**
     * Handles this process's signals from now on.
     *
     * @param home folder of the repository
     * @return exit status: 0 done, 1 failed, 2 not understood, 130 interrupted
     */
    public static int run(List<String> arguments, Path home, Console console) {
        var commands = new Commands(console, StopSignal.install());
        try {
            return commands.run(CommandLine.parse(arguments, home));
        } catch (UsageException e) {
            e.getMessage().lines().forEach(line -> console.line("tideline: " + line));
            console.line("tideline help shows what there is");
            return USAGE;
        } catch (LaunchException e) {
            if (commands.stop.isRequested()) {
                // What failed was cut short by the person; that it failed is no news.
                return INTERRUPTED;
            }
            console.line("tideline: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            return INTERRUPTED;
        }
    }

    private int run(Command command) throws InterruptedException {
        return switch (command) {
            case Help() -> help();
            case Up(var options) -> up(options);
            case Demo demo -> demo(demo);
            case Train(var training, var model, var order) -> {
                var follower = new JobFollower(training, console);
                var job = follower.submit(model, order);
                console.line("job " + job);
                yield follower.follow(job) ? OK : FAILED;
            }
            case Backtest(var options) -> new BacktestRun(options, console).run() ? OK : FAILED;
            case Replay(var options) -> new ReplayLog(options, console).run() ? OK : FAILED;
            case WarmUp(var options) -> new WarmUpFile(options, console).run() ? OK : FAILED;
            case Follow(var training, var job) -> new JobFollower(training, console).follow(job) ? OK : FAILED;
        };
    }

    private int help() {
        console.line(HelpText.TEXT);
        return OK;
    }

    private int up(StackOptions options) throws InterruptedException {
        try (var stack = start(options)) {
            console.line("Tideline is up. Ctrl-C stops it; data stays in " + options.data());
            await();
        }
        console.line("Stopped.");
        return OK;
    }

    private int demo(Demo demo) throws InterruptedException {
        if (demo.fresh()) {
            DemoFolder.empty(demo.stack().data());
        }
        boolean closed;
        try (var stack = start(demo.stack())) {
            closed = new DemoRun(demo.stack(), demo.demo(), console, InstantSource.system()).run();
            if (!demo.demo().once()) {
                console.line("The platform is still up. Ctrl-C stops it; data stays in " + demo.stack().data());
                await();
            }
        }
        return closed ? OK : FAILED;
    }

    private Stack start(StackOptions options) throws InterruptedException {
        var stack = Stack.start(options, console);
        stop.onSecond(stack::kill);
        return stack;
    }

    private void await() {
        try {
            stop.await();
        } catch (InterruptedException e) {
            // The signal interrupts this thread, and being told to stop is the normal end here.
            Thread.interrupted();
        }
        console.line("Stopping …");
    }
}
