package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class TrainingReader {

    private TrainingReader() {}

    /** @param head whose metrics early stopping may look at */
    static TrainingPlan read(Fields fields, Head head) {
        var plan = new TrainingPlan(
            fields.integer("epochs", 5, 1, 10_000),
            fields.integer("batchSize", 256, 1, 1 << 20),
            fields.integer("replicas", 1, 1, 64),
            fields.whole("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
            fields.integer("shuffleBuffer", 50_000, 0, 10_000_000),
            fields.number("clipNorm", 0, 0, 1e9),
            fields.choice("precision", Precision.values(), Precision.FLOAT32),
            earlyStopping(fields, head),
            input(fields.object("input")),
            fields.flag("refit", false),
            fields.integer("workers", 1, 1, TrainingPlan.MOST_WORKERS),
            fields.flag("elastic", false),
            fields.choice("devices", DeviceChoice.values(), DeviceChoice.AUTO));
        fields.done();
        if (plan.replicas() > plan.batchSize()) {
            fields.problems().add(new Problem("OUT_OF_RANGE", fields.pointer() + "/replicas", String.valueOf(plan.replicas()),
                "at most batchSize, " + plan.batchSize()));
        }
        if (plan.batchSize() % plan.workers() != 0) {
            fields.problems().add(new Problem("OUT_OF_RANGE", fields.pointer() + "/workers", String.valueOf(plan.workers()),
                "a divisor of batchSize, " + plan.batchSize()));
        }
        return plan;
    }

    private static InputPlan input(Fields fields) {
        var standard = InputPlan.DEFAULT;
        var plan = new InputPlan(
            fields.integer("cycleLength", standard.cycleLength(), 1, 256),
            fields.integer("parallelReads", standard.parallelReads(), 1, 64),
            fields.choice("cache", InputPlan.Cache.values(), standard.cache()),
            fields.flag("deterministic", standard.deterministic()),
            fields.integer("prefetch", standard.prefetch(), 1, 1_000));
        fields.done();
        return plan;
    }

    private static @Nullable EarlyStopping earlyStopping(Fields owner, Head head) {
        if (owner.node("earlyStopping") == null) {
            return null;
        }
        var fields = owner.object("earlyStopping");
        List<String> choices = new ArrayList<>(List.of(EarlyStopping.LOSS));
        choices.addAll(Metrics.names(head));
        var metric = fields.text("metric");
        if (metric != null && !choices.contains(metric)) {
            fields.problem("UNKNOWN_VALUE", "metric", fields.node("metric"), "one of " + choices);
        }
        var stopping = new EarlyStopping(metric == null ? EarlyStopping.LOSS : metric, fields.integer("patience", 3, 1, 10_000),
            fields.number("minDelta", 0, 0, 1e9), fields.flag("restoreBest", true), fields.number("holdOut", 0.1, 0.001, 0.9));
        fields.done();
        return stopping;
    }
}
