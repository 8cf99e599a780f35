package dev.tideline.training.job;

import dev.tideline.training.child.ChildMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after a running child from outside: ends it when it is frozen, hangs, or takes too much memory; keeps its log small. */
final class ChildWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ChildWatch.class);
    private static final Duration TICK = Duration.ofMillis(200);

    private final Process process;
    private final JobProperties properties;
    private final ChildLog output;
    private final LongSupplier nanos;
    private final Vigil vigil;
    private final Thread thread;
    private volatile @Nullable ChildOutcome verdict;

    ChildWatch(Process process, JobProperties properties, ChildLog output, LongSupplier nanos) {
        this.process = process;
        this.properties = properties;
        this.output = output;
        this.nanos = nanos;
        vigil = new Vigil(properties.silence(), properties.stall());
        thread = Thread.ofVirtual().name("child-watch-" + process.pid()).start(this::watch);
    }

    void heard(ChildMessage message) {
        vigil.heard(message);
    }

    /** Why the child was ended from here; null when it was not. */
    @Nullable ChildOutcome verdict() {
        return verdict;
    }

    private void watch() {
        try {
            long before = nanos.getAsLong();
            while (process.isAlive() && verdict == null) {
                Thread.sleep(TICK);
                long now = nanos.getAsLong();
                var passed = Duration.ofNanos(now - before);
                before = now;
                // A much longer pause was our own, and the child's messages wait in the pipe.
                look(passed.compareTo(TICK.multipliedBy(5)) > 0 ? TICK : passed);
            }
        } catch (InterruptedException done) {
            // The child has ended.
        }
    }

    private void look(Duration passed) {
        var stuck = vigil.passed(passed);
        if (stuck != null) {
            end(new ChildOutcome.Stuck(stuck));
            return;
        }
        long most = properties.memory().toBytes();
        var held = ResidentMemory.of(process.pid());
        if (most > 0 && held.isPresent() && held.getAsLong() > most) {
            end(new ChildOutcome.OutOfMemory("memory of the training process: " + (held.getAsLong() >> 20) + " MB (expected: at most "
                + properties.memory().toMegabytes() + " MB, tideline.training.job.memory; a smaller batchSize or shuffleBuffer may help)"));
            return;
        }
        try {
            output.trim(properties.log().toBytes());
        } catch (IOException failure) {
            log.debug("{}: not cut: {}", output.file(), failure.getMessage());
        }
    }

    private void end(ChildOutcome outcome) {
        verdict = outcome;
        // Also ends a process that is stopped, which gentler signals do not.
        process.destroyForcibly();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
