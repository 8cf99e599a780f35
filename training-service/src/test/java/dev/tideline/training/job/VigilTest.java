package dev.tideline.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.training.child.ChildMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VigilTest {

    private final Vigil vigil = new Vigil(Duration.ofSeconds(3), Duration.ofSeconds(60));

    @Test
    void aChildThatSpeaksIsLeftAlone() {
        for (int second = 0; second < 600; second++) {
            vigil.heard(new ChildMessage.Pulse(second));
            assertThat(vigil.passed(Duration.ofSeconds(1))).isNull();
        }
    }

    @Test
    void aFrozenChildIsNoticed() {
        vigil.heard(new ChildMessage.Pulse(1));
        assertThat(vigil.passed(Duration.ofSeconds(3))).isNull();

        assertThat(vigil.passed(Duration.ofMillis(1)))
            .isEqualTo("training process: no sign of life for 3000 ms (expected: one a second); frozen or starved");
    }

    @Test
    void aChildThatLivesButDoesNotGetOnIsNoticed() {
        String verdict = null;
        int seconds = 0;
        while (verdict == null) {
            vigil.heard(new ChildMessage.Pulse(7));
            verdict = vigil.passed(Duration.ofSeconds(1));
            seconds++;
        }

        assertThat(verdict).isEqualTo("training process: no progress for 60000 ms (expected: a step within that time)");
        assertThat(seconds).isEqualTo(61);
    }

    @Test
    void startingMayTakeLonger() {
        assertThat(vigil.passed(Duration.ofSeconds(59))).isNull();
        assertThat(vigil.passed(Duration.ofSeconds(2))).contains("no progress");
    }

    @Test
    void everyOtherMessageIsProgress() {
        vigil.heard(new ChildMessage.Pulse(1));
        vigil.passed(Duration.ofSeconds(2));
        vigil.heard(new ChildMessage.Evaluating());

        assertThat(vigil.passed(Duration.ofSeconds(3))).isNull();
    }
}
