package dev.tideline.platform.console;

/** Where the launcher talks to people. Thread-safe. */
public interface Console {

    /** One finished line. */
    void line(String text);

    /**
     * How far a long step is. On a terminal a bar that is drawn over itself; elsewhere a line now and then.
     *
     * @param fraction 0 to 1; 1 ends the step
     * @param detail   figures beside the bar
     */
    void progress(String step, double fraction, String detail);

    /** The console of this process. */
    static Console ofProcess() {
        // Set by the script, which can ask the shell; Java 21 cannot tell a terminal from a pipe.
        return Boolean.getBoolean("tideline.terminal") ? new TerminalConsole(System.out) : new PlainConsole(System.out);
    }
}
