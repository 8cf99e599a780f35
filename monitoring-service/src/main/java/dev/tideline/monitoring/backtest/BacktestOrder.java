package dev.tideline.monitoring.backtest;

import dev.tideline.monitoring.detector.Detector;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What to replay. Paths are absolute.
 *
 * @param csv        the history, oldest row first
 * @param label      column to predict
 * @param key        column that identifies a row; no input of the model
 * @param time       column with the event time; null: a row a second
 * @param history    rows that the first version is trained on; null: 2,000, or a tenth of the file when that is more and it is short
 * @param delay      rows after which a label arrives
 * @param policy     as it is given to {@code PUT …/policy}; null: the defaults
 * @param definition of the model, as given to training-service; null: a small network over all columns
 * @param detector   of concept drift; null: the service's default
 * @param seed       of every training
 * @param rivals     also replay never, every 1,000 and every 5,000 rows
 * @param threads    for training; 0 takes all cores
 * @param folder     for what is kept: report.html, report.json, the training process's log
 * @param trainer    command of the training process
 */
record BacktestOrder(
        String csv, String label, @Nullable String key, @Nullable String time, @Nullable Integer history, int delay,
        @Nullable JsonNode policy, @Nullable JsonNode definition, @Nullable Detector detector, long seed, boolean rivals, int threads,
        String folder, List<String> trainer) {

    BacktestOrder {
        // JSON's null comes as a node.
        policy = policy == null || policy.isNull() ? null : policy;
        definition = definition == null || definition.isNull() ? null : definition;
        trainer = List.copyOf(trainer);
    }
}
