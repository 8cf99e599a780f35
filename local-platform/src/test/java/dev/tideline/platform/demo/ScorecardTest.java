package dev.tideline.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.platform.demo.Scorecard.Phase;
import dev.tideline.platform.demo.Scorecard.Tally;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class ScorecardTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Scorecard scores = new Scorecard();

    @Test
    void keepsPhasesAndVersionsApart() {
        scores.add(Phase.BEFORE_DRIFT, 1, 8, 8);
        scores.add(Phase.AFTER_DRIFT, 1, 8, 4);
        scores.add(Phase.AFTER_SWAP, 2, 8, 6);

        assertThat(scores.phase(Phase.AFTER_DRIFT).accuracy()).isEqualTo(0.5);
        assertThat(scores.versions()).containsEntry(1L, new Tally(16, 12)).containsEntry(2L, new Tally(8, 6));
    }

    @Test
    void hasNoAccuracyWithoutRows() {
        assertThat(scores.phase(Phase.AFTER_SWAP).accuracy()).isNull();
        assertThat(scores.recent().accuracy()).isNull();
    }

    @Test
    void forgetsOldRowsInTheRecentAccuracy() {
        for (int i = 0; i < 100; i++) {
            scores.add(Phase.BEFORE_DRIFT, 1, 10, 10);
        }
        for (int i = 0; i < 60; i++) {
            scores.add(Phase.AFTER_DRIFT, 1, 10, 3);
        }

        assertThat(scores.recent().accuracy()).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void countsTheRivalsOnTheirOwnRows() {
        scores.addRivals(8, 5, 8, 6);
        scores.addRivals(8, 3, 0, 0);

        assertThat(scores.unchanged()).isEqualTo(new Tally(16, 8));
        assertThat(scores.first()).isEqualTo(new Tally(8, 6));
    }

    @Test
    void comparesNumbersAsNumbersAndTextAsText() {
        assertThat(Scorecard.same(JSON.numberNode(1), JSON.numberNode(1.0))).isTrue();
        assertThat(Scorecard.same(JSON.numberNode(1), JSON.numberNode(0))).isFalse();
        assertThat(Scorecard.same(JSON.stringNode("UP"), JSON.stringNode("UP"))).isTrue();
        assertThat(Scorecard.same(JSON.missingNode(), JSON.numberNode(0))).isFalse();
    }
}
