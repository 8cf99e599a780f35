package dev.tideline.monitoring.outcome;

import dev.tideline.starter.kafka.DeadLetter;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Looks up the prediction of each label. The first label of a prediction counts. */
final class LabelSide extends ContextualProcessor<String, byte[], String, Object> {

    private static final Duration CHECK = Duration.ofSeconds(10);

    private final LabelJoin join;
    private final Duration earlyRetention;
    private AwaitedStore predictions;
    private AwaitedStore early;

    /** @param earlyRetention how long a label waits for its prediction */
    LabelSide(LabelJoin join, Duration earlyRetention) {
        this.join = join;
        this.earlyRetention = earlyRetention;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        predictions = new AwaitedStore(context.getStateStore(OutcomeTopology.PREDICTIONS));
        early = new AwaitedStore(context.getStateStore(OutcomeTopology.EARLY));
        context.schedule(CHECK, PunctuationType.WALL_CLOCK_TIME, this::expire);
    }

    /** A label for a prediction that never came must be seen somewhere. */
    private void expire(long now) {
        early.removeUntil(now - earlyRetention.toMillis(), () -> join.count(LabelJoin.Result.EXPIRED));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        Label.Read read = Label.read(record.value());
        Label label = read.label();
        // The key decides the partition, so a label under another key could never meet its prediction.
        if (label == null || !label.predictionId().equals(record.key())) {
            join.count(LabelJoin.Result.UNREADABLE);
            String reason = label == null ? read.problems().getFirst().toString()
                    : "key: " + record.key() + " (expected: the prediction id, " + label.predictionId() + ")";
            DeadLetter letter = DeadLetter.of(record.key(), record.value(), record.headers()).because("MALFORMED_OUTCOME", reason);
            context().recordMetadata().ifPresent(where -> letter.from(where.topic(), where.partition(), where.offset()));
            context().forward(record.withKey(letter.key()).withValue(letter.value()).withHeaders(letter.headers()));
            return;
        }
        AwaitedStore.Entry entry = predictions.get(label.predictionId());
        if (entry == null) {
            join.count(LabelJoin.Result.EARLY);
            if (early.get(label.predictionId()) == null) {
                early.put(label.predictionId(), record.value(), context().currentSystemTimeMs());
            }
            return;
        }
        switch (AwaitedPrediction.read(label.predictionId(), entry.value())) {
            case AwaitedPrediction.Waiting waiting -> join.join(waiting.prediction(), label.value()).ifPresent(labelled -> {
                predictions.put(label.predictionId(), PredictionSide.answered(label), entry.time());
                context().forward(record.withValue(labelled));
            });
            case AwaitedPrediction.Answered answered -> join.count(answered.label().equals(label.value().toString())
                    ? LabelJoin.Result.DUPLICATE : LabelJoin.Result.CONTRADICTORY);
        }
    }
}
