package dev.tideline.monitoring.outcome;

import dev.tideline.monitoring.predictionlog.Prediction;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Remembers predictions until their label comes, and answers those whose label came first. */
final class PredictionSide extends ContextualProcessor<String, Prediction, String, Labelled> {

    private final LabelJoin join;
    private AwaitedStore predictions;
    private AwaitedStore early;

    PredictionSide(LabelJoin join) {
        this.join = join;
    }

    @Override
    public void init(ProcessorContext<String, Labelled> context) {
        super.init(context);
        predictions = new AwaitedStore(context.getStateStore(OutcomeTopology.PREDICTIONS));
        early = new AwaitedStore(context.getStateStore(OutcomeTopology.EARLY));
    }

    @Override
    public void process(Record<String, Prediction> record) {
        Prediction prediction = record.value();
        // Of a version that nobody knows yet, too: its baseline may be learnt before the label comes.
        if (predictions.get(prediction.id()) != null) {
            return;
        }
        long now = context().currentSystemTimeMs();
        AwaitedStore.Entry label = early.get(prediction.id());
        if (label != null) {
            early.remove(prediction.id(), label.time());
            Label read = Label.read(label.value()).label();
            Optional<Labelled> labelled = read == null ? Optional.empty() : join.join(prediction, read.value());
            if (read != null && labelled.isPresent()) {
                predictions.put(prediction.id(), answered(read), now);
                context().forward(record.withValue(labelled.get()));
                return;
            }
        }
        predictions.put(prediction.id(), AwaitedPrediction.write(new AwaitedPrediction.Waiting(prediction)), now);
    }

    static byte[] answered(Label label) {
        return AwaitedPrediction.write(new AwaitedPrediction.Answered(label.value().toString()));
    }
}
