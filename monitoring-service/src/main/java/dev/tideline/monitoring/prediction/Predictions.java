package dev.tideline.monitoring.prediction;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.archive.ArchiveRules;
import dev.tideline.monitoring.archive.Redactor;
import dev.tideline.monitoring.deployment.Deployments;
import dev.tideline.monitoring.lineage.Origin;
import dev.tideline.monitoring.lineage.Origins;
import dev.tideline.monitoring.prediction.ExplainedPrediction.Decision;
import dev.tideline.monitoring.prediction.ExplainedPrediction.LogPosition;
import dev.tideline.monitoring.prediction.ExplainedPrediction.Reported;
import dev.tideline.monitoring.prediction.ExplainedPrediction.SchemaUsed;
import dev.tideline.monitoring.predictionlog.PredictionHead;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.MalformedExampleException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts together what is known of a prediction. */
@Component
final class Predictions {

    private final JdbcPredictions predictions;
    private final LogReader log;
    private final Origins origins;
    private final Deployments deployments;
    private final ArchiveRules rules;
    private final PredictionProperties properties;
    private final JsonMapper json;

    Predictions(JdbcPredictions predictions, LogReader log, Origins origins, Deployments deployments, ArchiveRules rules,
            PredictionProperties properties, JsonMapper json) {
        this.predictions = predictions;
        this.log = log;
        this.origins = origins;
        this.deployments = deployments;
        this.rules = rules;
        this.properties = properties;
        this.json = json;
    }

    /** @throws TidelineException UNKNOWN_PREDICTION when it is not remembered */
    Whereabouts find(String id) {
        return (PredictionHead.isId(id) ? predictions.find(id) : Optional.<Whereabouts>empty()).orElseThrow(() -> new TidelineException(
                PredictionError.UNKNOWN_PREDICTION, "prediction: " + id + " (expected: <request id>-<row> of the last " + properties.keep().toDays()
                        + " days" + (properties.share() < 1 ? "; " + 100 * properties.share() + " % are remembered)" : ")")));
    }

    /** @throws TidelineException UNKNOWN_PREDICTION, or EXPIRED_PREDICTION when its content is gone */
    ExplainedPrediction explain(String id) {
        Whereabouts where = find(id);
        PredictionHead head = where.head();
        Example content = content(where);
        Redactor redactor = rules.redactor(head.model());
        Example shown = redactor.apply(content);
        Optional<Origin> origin = origins.find(head.model(), head.version());
        SortedMap<String, Integer> shortened = new TreeMap<>();
        shown.features().forEach((name, feature) -> {
            if (feature.size() > FeatureJson.MAX_VALUES) {
                shortened.put(name, feature.size());
            }
        });
        return new ExplainedPrediction(head.id(), head.model(), head.version(), head.time(), head.signature(),
                schema(head, origin.map(Origin::schemaFingerprint).orElse(null)),
                part(shown, false), part(shown, true), redactor.hidden(content), shortened, outcome(id), origin.orElse(null),
                origin.flatMap(origins::cause).orElse(null), decision(head), new LogPosition(Topics.PREDICTIONS, where.partition(), where.offset()));
    }

    @Nullable Reported outcome(String id) {
        return predictions.outcome(id).map(found -> new Reported(json.readTree(found.label()), found.at())).orElse(null);
    }

    private Example content(Whereabouts where) {
        try {
            return Example.decode(log.read(where).orElseThrow(() -> expired(where)));
        } catch (MalformedExampleException unreadable) {
            throw expired(where);
        }
    }

    private static TidelineException expired(Whereabouts where) {
        PredictionHead head = where.head();
        return new TidelineException(PredictionError.EXPIRED_PREDICTION, "prediction: " + head.id() + " of " + head.time() + " by model "
                + head.model() + " version " + head.version() + " (expected: one that " + Topics.PREDICTIONS + " still keeps)");
    }

    private static @Nullable SchemaUsed schema(PredictionHead head, @Nullable String trained) {
        String used = head.schemaFingerprint() == null ? trained : head.schemaFingerprint();
        return used == null ? null : new SchemaUsed(used, trained == null || head.schemaFingerprint() == null ? null : trained.equals(used));
    }

    private @Nullable Decision decision(PredictionHead head) {
        return deployments.why(head.model(), head.version(), head.time()).map(Decision::of).orElse(null);
    }

    private static SortedMap<String, JsonNode> part(Example example, boolean outputs) {
        SortedMap<String, JsonNode> part = new TreeMap<>();
        for (var entry : example.features().entrySet()) {
            String name = entry.getKey();
            Feature feature = entry.getValue();
            if (name.startsWith(RecordHeaders.OUTPUT_PREFIX) == outputs) {
                part.put(outputs ? name.substring(RecordHeaders.OUTPUT_PREFIX.length()) : name, FeatureJson.of(feature));
            }
        }
        return part;
    }
}
