package dev.tideline.monitoring.pipeline;

import dev.tideline.monitoring.baseline.JdbcLearntBaselines;
import dev.tideline.monitoring.outcome.Labels;
import dev.tideline.monitoring.signal.JsonSerde;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.monitoring.window.ClosedWindows;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Takes the signals of the stream processing to PostgreSQL. While that is away they wait in Kafka. */
@Component
final class SignalListener {

    private final JdbcLearntBaselines baselines;
    private final ClosedWindows windows;
    private final Labels labels;
    private final InstantSource clock;

    SignalListener(JdbcLearntBaselines baselines, ClosedWindows windows, Labels labels, InstantSource clock) {
        this.baselines = baselines;
        this.windows = windows;
        this.labels = labels;
        this.clock = clock;
    }

    @KafkaListener(id = "signals", topics = Signal.TOPIC, groupId = "${spring.kafka.consumer.group-id}-signals")
    void take(ConsumerRecord<String, byte[]> message) {
        switch (read(message.value())) {
            case Signal.BaselineLearnt learnt -> baselines.handle(learnt, clock.instant());
            case Signal.WindowClosed window -> windows.handle(window);
            case Signal.AccuracyClosed accuracy -> labels.handle(accuracy);
            case Signal.LabelsCounted counted -> labels.handle(counted);
            case Signal.ErrorWarning warning -> labels.handle(warning);
            case Signal.ErrorAlarm alarm -> labels.handle(alarm);
        }
    }

    /** What cannot be read now cannot be read later either: it goes aside at once. */
    private static Signal read(byte @Nullable [] value) {
        try {
            return JsonSerde.read(value, Signal.class);
        } catch (SerializationException unreadable) {
            throw new TidelineException(CommonError.MALFORMED_EVENT, String.valueOf(unreadable.getMessage()), unreadable);
        }
    }
}
