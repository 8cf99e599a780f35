package dev.tideline.monitoring.archive;

import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.monitoring.predictionlog.Share;
import dev.tideline.tfrecord.Feature;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Decides by the model's rule which labelled predictions go back to their dataset, and makes records of them. */
@Component
public final class Archive {

    /** What became of a labelled prediction. */
    private enum Result { SENT, DISABLED, SAMPLED_OUT, TOO_OLD, INVALID, TOO_LARGE, NO_TOPIC }

    private static final String SALT = "archive";
    /** With key and headers a record of more is refused by a broker that takes a megabyte, and would stop the stream. */
    private static final int MAX_BYTES = 1_040_000;

    private final ArchiveRules rules;
    private final DatasetDoors doors;
    private final InstantSource clock;
    private final MeterRegistry meters;

    Archive(ArchiveRules rules, DatasetDoors doors, InstantSource clock, MeterRegistry meters) {
        this.rules = rules;
        this.doors = doors;
        this.clock = clock;
        this.meters = meters;
    }

    /** The record, or empty when the rule, the schema or a missing topic keep it from going back; each is counted with its reason. */
    public Optional<ArchivedExample> take(Prediction prediction, Feature label, ModelBaseline model) {
        ArchiveRules.Known known = rules.of(prediction.model());
        Optional<ArchivedExample> example = Optional.empty();
        Result result = admit(known.rule(), prediction);
        if (result == Result.SENT) {
            example = ArchivedExample.of(prediction, label, model, known.redactor());
            result = example.map(made -> admit(made, model.dataset())).orElse(Result.INVALID);
        }
        meters.counter("tideline.archive.rows", "result", result.name()).increment();
        return result == Result.SENT ? example : Optional.empty();
    }

    /** Whether labelled predictions of {@code model} go back to its dataset at all. */
    public boolean isOpen(String model) {
        ArchiveRule rule = rules.of(model).rule();
        return rule.enabled() && rule.share() > 0;
    }

    private Result admit(ArchiveRule rule, Prediction prediction) {
        if (!rule.enabled()) {
            return Result.DISABLED;
        }
        if (!Share.takes(prediction.id(), rule.share(), SALT)) {
            return Result.SAMPLED_OUT;
        }
        boolean tooOld = rule.maxAge() != null && prediction.time().plus(rule.maxAge()).isBefore(clock.instant());
        return tooOld ? Result.TOO_OLD : Result.SENT;
    }

    private Result admit(ArchivedExample example, String dataset) {
        if (example.value().length > MAX_BYTES) {
            return Result.TOO_LARGE;
        }
        return doors.isOpen(dataset) ? Result.SENT : Result.NO_TOPIC;
    }
}
