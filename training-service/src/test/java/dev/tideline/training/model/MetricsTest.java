package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {

    @ParameterizedTest
    @CsvSource({"accuracy,0.9,0.8,0.1", "auc,0.5,0.7,-0.2", "logLoss,0.3,0.5,0.2", "rmse,5,4,-1", "mae,1,1,0", "r2,0.4,0.1,0.3"})
    void improvementIsPositiveWhenBetter(String metric, double candidate, double other, double expected) {
        assertThat(Metrics.improvement(metric, candidate, other)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void eachHeadHasItsMetrics() {
        assertThat(Metrics.names(new Head.Binary(null))).containsExactly("accuracy", "logLoss", "auc");
        assertThat(Metrics.names(new Head.Multiclass())).containsExactly("accuracy", "logLoss");
        assertThat(Metrics.names(new Head.Regression())).containsExactly("rmse", "mae", "r2");
    }
}
