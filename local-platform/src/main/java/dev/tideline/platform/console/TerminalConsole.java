package dev.tideline.platform.console;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps at most one bar as the last line and prints finished lines above it. */
final class TerminalConsole implements Console {

    private static final int BAR = 24;
    private static final int STEP = 22;
    private static final String ERASE = "\r\u001B[K";

    private final PrintStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private String bar = "";

    TerminalConsole(PrintStream out) {
        this.out = out;
    }

    @Override
    public void line(String text) {
        lock.lock();
        try {
            out.print(bar.isEmpty() ? text + "\n" : ERASE + text + "\n" + bar);
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void progress(String step, double fraction, String detail) {
        var share = Math.clamp(fraction, 0, 1);
        var filled = (int) Math.round(share * BAR);
        var drawn = String.format(Locale.ROOT, "%-" + STEP + "s [%s%s] %3.0f %%  %s",
                step, "#".repeat(filled), "-".repeat(BAR - filled), share * 100, detail);
        lock.lock();
        try {
            out.print(ERASE + drawn);
            bar = drawn;
            if (share >= 1) {
                out.print("\n");
                bar = "";
            }
            out.flush();
        } finally {
            lock.unlock();
        }
    }
}
