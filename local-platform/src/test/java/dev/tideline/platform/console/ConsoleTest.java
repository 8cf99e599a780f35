package dev.tideline.platform.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong nanos = new AtomicLong();
    private final Console terminal = new TerminalConsole(out);
    private final Console plain = new PlainConsole(out, nanos::get);

    @Test
    void drawsABarOverItselfOnATerminal() {
        terminal.progress("training", 0.25, "loss 0.7");
        terminal.progress("training", 0.5, "loss 0.4");

        assertThat(shown()).doesNotContain("\n").contains("[############------------]  50 %  loss 0.4");
    }

    @Test
    void endsTheLineWhenTheStepIsDone() {
        terminal.progress("training", 1, "loss 0.2");

        assertThat(shown()).endsWith("100 %  loss 0.2\n");
    }

    @Test
    void printsLinesAboveTheBar() {
        terminal.progress("training", 0.5, "loss 0.4");
        bytes.reset();

        terminal.line("version 1 is live");

        assertThat(shown()).startsWith("\r\u001B[Kversion 1 is live\n").endsWith("loss 0.4");
    }

    @Test
    void keepsABarInsideItsBounds() {
        terminal.progress("training", 1.7, "");
        terminal.progress("training", -3, "");

        assertThat(shown()).contains("100 %").contains("  0 %");
    }

    @Test
    void printsOnlySomeProgressWithoutATerminal() {
        plain.progress("records", 0.1, "first");
        plain.progress("records", 0.2, "soon after");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
        plain.progress("records", 0.3, "later");

        assertThat(shown()).isEqualToNormalizingNewlines("records 10 %  first\nrecords 30 %  later\n");
    }

    @Test
    void printsAnEndThatIsToldManyTimesOnce() {
        plain.progress("training", 1, "step 8 of 8");
        plain.progress("training", 1, "step 8 of 8");
        plain.progress("training", 1, "published");

        assertThat(shown()).isEqualToNormalizingNewlines("training 100 %  step 8 of 8\ntraining 100 %  published\n");
    }

    @Test
    void printsTheEndOfAStepWithoutATerminal() {
        plain.progress("records", 0.1, "first");
        plain.progress("records", 1, "last");

        assertThat(shown()).endsWith("records 100 %  last" + System.lineSeparator());
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
