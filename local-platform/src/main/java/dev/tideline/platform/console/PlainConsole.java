package dev.tideline.platform.console;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Lines only, for files and pipes: a step's first and last figures, and one every few seconds between; none twice in a row. */
final class PlainConsole implements Console {

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(5);

    private final PrintStream out;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private String step = "";
    private String shown = "";
    private long last;

    PlainConsole(PrintStream out) {
        this(out, System::nanoTime);
    }

    PlainConsole(PrintStream out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
    }

    @Override
    public void line(String text) {
        lock.lock();
        try {
            out.println(text);
            out.flush();
            shown = text;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void progress(String name, double fraction, String detail) {
        lock.lock();
        try {
            var now = nanos.getAsLong();
            if (name.equals(step) && now - last < INTERVAL && fraction < 1) {
                return;
            }
            var text = String.format(Locale.ROOT, "%s %.0f %%  %s", name, Math.clamp(fraction, 0, 1) * 100, detail);
            if (!text.equals(shown)) {
                out.println(text);
                out.flush();
                shown = text;
                step = fraction >= 1 ? "" : name;
                last = now;
            }
        } finally {
            lock.unlock();
        }
    }
}
