package dev.tideline.training.job;

import dev.tideline.training.model.DefinitionReader;
import dev.tideline.training.model.Model;
import dev.tideline.training.model.TrainingPlan;
import org.jspecify.annotations.Nullable;

/**
 * Who trains a job.
 *
 * @param workers   processes that train it together
 * @param elastic   whether fewer will do
 * @param batchSize of the definition, which the workers share
 */
record Crew(int workers, boolean elastic, int batchSize) {

    static final Crew ALONE = new Crew(1, false, 1);

    /** As asked for; what was not said is as the definition has it. */
    static Crew of(Model model, @Nullable Integer workers, @Nullable Boolean elastic) {
        var plan = DefinitionReader.read(model.definition()).training();
        return new Crew(workers == null ? plan.workers() : workers, elastic == null ? plan.elastic() : elastic, plan.batchSize());
    }

    /** What is wrong with it; null when nothing is. */
    @Nullable String problem() {
        if (workers < 1 || workers > TrainingPlan.MOST_WORKERS) {
            return "workers: " + workers + " (expected: 1 to " + TrainingPlan.MOST_WORKERS + ")";
        }
        return batchSize % workers == 0 ? null
            : "workers: " + workers + " (expected: a divisor of the definition's batchSize, " + batchSize + ")";
    }
}
