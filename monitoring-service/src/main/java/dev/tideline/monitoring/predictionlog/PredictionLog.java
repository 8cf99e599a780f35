package dev.tideline.monitoring.predictionlog;

import dev.tideline.contracts.Topics;
import dev.tideline.starter.kafka.DeadLetter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.springframework.stereotype.Component;

/** The prediction log as a stream. Unreadable messages go to its dead-letter topic with the reason. */
@Component
public final class PredictionLog {

    private final MeterRegistry meters;

    PredictionLog(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Predictions by prediction id. */
    public KStream<String, Prediction> addTo(StreamsBuilder builder) {
        KStream<String, LogEntry> entries = builder
                .stream(Topics.PREDICTIONS, Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .process(() -> new Decode(meters));
        entries.filter((key, entry) -> entry instanceof LogEntry.Unreadable)
                .mapValues(entry -> entry instanceof LogEntry.Unreadable bad ? bad.value() : new byte[0])
                .to(Topics.deadLetter(Topics.PREDICTIONS), Produced.with(Serdes.String(), Serdes.ByteArray()));
        return entries.flatMapValues(entry -> switch (entry) {
            case Prediction prediction -> java.util.List.of(prediction);
            case LogEntry.Unreadable bad -> java.util.List.<Prediction>of();
        });
    }

    private static final class Decode extends ContextualProcessor<String, byte[], String, LogEntry> {

        private final Counter unreadable;
        private final Counter wrongClock;

        Decode(MeterRegistry meters) {
            this.unreadable = meters.counter("tideline.predictions.unreadable");
            this.wrongClock = meters.counter("tideline.predictions.wrong.clock");
        }

        @Override
        public void process(Record<String, byte[]> record) {
            LogEntry entry = PredictionDecoder.decode(
                    record.key(), record.value(), record.headers(), Instant.ofEpochMilli(record.timestamp()), wrongClock::increment);
            switch (entry) {
                case Prediction prediction -> context().forward(record.withKey(prediction.id()).withValue(prediction));
                case LogEntry.Unreadable bad -> {
                    unreadable.increment();
                    DeadLetter letter = DeadLetter.of(record.key(), bad.value(), record.headers()).because("MALFORMED_PREDICTION", bad.reason());
                    context().recordMetadata().ifPresent(where -> letter.from(where.topic(), where.partition(), where.offset()));
                    context().forward(record.withKey(letter.key()).withValue(new LogEntry.Unreadable(letter.value(), bad.reason()))
                            .withHeaders(letter.headers()));
                }
            }
        }
    }
}
