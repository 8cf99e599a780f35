package dev.tideline.training.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.training.model.EarlyStopping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {

    private static final EarlyStopping LOSS = new EarlyStopping("loss", 2, 0.1, true, 0.1);

    @Test
    void aSmallerLossIsBetter() {
        var state = Patience.fresh().after(0, 1, LOSS).after(1, 0.5, LOSS);

        assertThat(state).isEqualTo(new Patience(1, 0.5, 1, 0));
        assertThat(state.isBest()).isTrue();
    }

    @Test
    void lessThanTheDeltaIsNoImprovement() {
        var state = Patience.fresh().after(0, 1, LOSS).after(1, 0.95, LOSS).after(2, 0.92, LOSS);

        assertThat(state).isEqualTo(new Patience(2, 1.0, 0, 2));
        assertThat(state.exhausted(LOSS)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"auc,0.5,0.7,true", "auc,0.7,0.5,false", "rmse,3,2,true", "rmse,2,3,false"})
    void theMetricSaysWhichWayIsBetter(String metric, double first, double second, boolean better) {
        var rule = new EarlyStopping(metric, 2, 0, true, 0.1);

        assertThat(Patience.fresh().after(0, first, rule).after(1, second, rule).isBest()).isEqualTo(better);
    }

    @Test
    void anImprovementStartsTheWaitingAgain() {
        var state = Patience.fresh().after(0, 1, LOSS).after(1, 2, LOSS).after(2, 0.5, LOSS).after(3, 2, LOSS);

        assertThat(state.waited()).isEqualTo(1);
        assertThat(state.exhausted(LOSS)).isFalse();
        assertThat(state.bestPass()).isEqualTo(2);
    }

    @Test
    void aPassIsJudgedOnce() {
        var state = Patience.fresh().after(0, 1, LOSS).after(1, 2, LOSS);

        assertThat(state.after(1, 0, LOSS)).isEqualTo(state);
        assertThat(state.after(0, 0, LOSS)).isEqualTo(state);
    }

    @Test
    void whatIsNotANumberIsNoImprovement() {
        var state = Patience.fresh().after(0, Double.NaN, LOSS);

        assertThat(state.best()).isNull();
        assertThat(state.isBest()).isFalse();
        assertThat(state.after(1, 5, LOSS).isBest()).isTrue();
        assertThat(Patience.fresh().after(0, 1, LOSS).after(1, Double.NaN, LOSS).waited()).isEqualTo(1);
    }
}
