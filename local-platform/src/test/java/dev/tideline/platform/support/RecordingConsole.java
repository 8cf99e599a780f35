package dev.tideline.platform.support;

import dev.tideline.platform.console.Console;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** In place of the terminal: keeps what it is told, a step as its name, fraction and detail. */
public final class RecordingConsole implements Console {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void line(String text) {
        lines.add(text);
    }

    @Override
    public void progress(String step, double fraction, String detail) {
        lines.add(step + " " + fraction + " " + detail);
    }

    /** All of it, in order. */
    public List<String> lines() {
        return lines;
    }
}
