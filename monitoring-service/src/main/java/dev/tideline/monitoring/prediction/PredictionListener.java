package dev.tideline.monitoring.prediction;

import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.outcome.ReportedLabel;
import dev.tideline.monitoring.predictionlog.PredictionHead;
import dev.tideline.monitoring.predictionlog.Share;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Records where predictions lie and what came of them. A group of its own: however far it falls behind, windows and verdicts do not
 * wait for it. Messages that cannot be read are left to the stream processing, which sets them aside.
 */
@Component
final class PredictionListener {

    private static final String SALT = "recorded";
    private static final int MAX_LABEL = 4_096;
    private static final Duration MAX_AHEAD = Duration.ofDays(1);

    private final Recording recording;
    private final PredictionProperties properties;
    private final InstantSource clock;

    PredictionListener(Recording recording, PredictionProperties properties, InstantSource clock) {
        this.recording = recording;
        this.properties = properties;
        this.clock = clock;
    }

    @KafkaListener(id = "recorded-predictions", topics = Topics.PREDICTIONS, batch = "true", properties = "max.poll.records=2000",
            containerFactory = RecordingConfiguration.FACTORY, groupId = "${spring.kafka.consumer.group-id}-recorded-predictions")
    void predictions(List<ConsumerRecord<String, byte[]>> messages) {
        recording.predictions(messages.stream().flatMap(this::whereabouts).toList());
    }

    @KafkaListener(id = "recorded-outcomes", topics = Topics.OUTCOMES, batch = "true", properties = "max.poll.records=2000",
            containerFactory = RecordingConfiguration.FACTORY, groupId = "${spring.kafka.consumer.group-id}-recorded-outcomes")
    void outcomes(List<ConsumerRecord<String, byte[]>> messages) {
        recording.outcomes(messages.stream().flatMap(this::outcome).toList());
    }

    private Stream<Whereabouts> whereabouts(ConsumerRecord<String, byte[]> message) {
        Instant logged = time(message);
        try {
            PredictionHead head = PredictionHead.of(message.key(), message.headers(), logged);
            return taken(head.id()) ? Stream.of(new Whereabouts(head, logged, message.partition(), message.offset())) : Stream.empty();
        } catch (IllegalArgumentException unreadable) {
            return Stream.empty();
        }
    }

    private Stream<JdbcPredictions.Outcome> outcome(ConsumerRecord<String, byte[]> message) {
        return ReportedLabel.read(message.value()).stream()
                .filter(read -> PredictionHead.isId(read.predictionId()) && read.label().length() <= MAX_LABEL && taken(read.predictionId()))
                .map(read -> new JdbcPredictions.Outcome(read.predictionId(), time(message), encodable(read.label())));
    }

    /** A sender's clock may say anything; PostgreSQL takes a few thousand years of it. */
    private Instant time(ConsumerRecord<?, ?> message) {
        Instant time = Instant.ofEpochMilli(message.timestamp());
        Instant now = clock.instant();
        return time.isBefore(Instant.EPOCH) || time.isAfter(now.plus(MAX_AHEAD)) ? now : time;
    }

    /** JSON may hold half a character, which has no UTF-8 form. */
    private static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private boolean taken(String id) {
        return Share.takes(id, properties.share(), SALT);
    }
}
