package dev.tideline.monitoring.prediction;

import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.lineage.Graph;
import dev.tideline.monitoring.lineage.Lineage;
import dev.tideline.monitoring.predictionlog.PredictionHead;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Follows a prediction back to Kafka. Needs its whereabouts only, so it works as long as those are remembered. */
@Component
final class PredictionLineage {

    private final Predictions predictions;
    private final Lineage lineage;

    PredictionLineage(Predictions predictions, Lineage lineage) {
        this.predictions = predictions;
        this.lineage = lineage;
    }

    Graph of(String id) {
        Whereabouts where = predictions.find(id);
        PredictionHead head = where.head();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("time", head.time());
        if (head.signature() != null) {
            facts.put("signature", head.signature());
        }
        ExplainedPrediction.Reported outcome = predictions.outcome(id);
        if (outcome != null) {
            facts.put("outcome", outcome.label());
        }
        Graph.Node prediction = new Graph.Node("prediction:" + id, Graph.Kind.PREDICTION, "prediction " + id, facts);
        String position = Topics.PREDICTIONS + "-" + where.partition();
        Graph.Node offset = new Graph.Node("offsets:" + position, Graph.Kind.OFFSETS, position + " offset " + where.offset(), Map.of(
                "topic", Topics.PREDICTIONS, "partition", where.partition(), "first", where.offset(), "last", where.offset()));
        return lineage.of(head.model(), head.version()).behind(prediction, "answered by", List.of(offset),
                List.of(new Graph.Edge(prediction.id(), offset.id(), "logged at")));
    }
}
