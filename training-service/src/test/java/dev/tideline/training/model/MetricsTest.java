package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {

    @ParameterizedTest
    @CsvSource({"accuracy,0.9,0.8,0.1", "auc,0.5,0.7,-0.2", "logLoss,0.3,0.5,0.2", "rmse,5,4,-1", "mae,1,1,0", "r2,0.4,0.1,0.3",
        "quantileLoss,2,3,1", "coverage,0.8,0.7,0.1"})
    void improvementIsPositiveWhenBetter(String metric, double candidate, double other, double expected) {
        assertThat(Metrics.improvement(metric, candidate, other)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void eachHeadHasItsMetrics() {
        assertThat(Metrics.names(new Head.Binary(null))).containsExactly("accuracy", "logLoss", "auc", "prAuc", "f1", "brier", "ece");
        assertThat(Metrics.names(new Head.Multiclass())).containsExactly("accuracy", "logLoss", "f1", "brier", "ece");
        assertThat(Metrics.names(new Head.Regression())).containsExactly("rmse", "mae", "r2");
        assertThat(Metrics.names(new Head.Multilabel(List.of(), ClassWeights.none())))
            .containsExactly("logLoss", "accuracy", "f1");
        assertThat(Metrics.names(new Head.Quantile(List.of(0.5)))).containsExactly("quantileLoss", "mae", "coverage");
    }
}
