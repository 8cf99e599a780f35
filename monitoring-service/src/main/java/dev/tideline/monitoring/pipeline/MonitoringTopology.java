package dev.tideline.monitoring.pipeline;

import dev.tideline.monitoring.archive.ArchiveTopology;
import dev.tideline.monitoring.archive.ArchivedExample;
import dev.tideline.monitoring.outcome.Labelled;
import dev.tideline.monitoring.outcome.OutcomeTopology;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.monitoring.predictionlog.PredictionLog;
import dev.tideline.monitoring.signal.JsonSerde;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.monitoring.window.WindowTopology;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.springframework.stereotype.Component;

/** The whole stream processing: predictions to windows, labels to accuracy, alarms and archived rows. */
@Component
final class MonitoringTopology {

    private final PredictionLog log;
    private final WindowTopology windows;
    private final OutcomeTopology outcomes;

    MonitoringTopology(PredictionLog log, WindowTopology windows, OutcomeTopology outcomes) {
        this.log = log;
        this.windows = windows;
        this.outcomes = outcomes;
    }

    Topology build(Properties settings) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, Prediction> predictions = log.addTo(builder);
        send(windows.addTo(builder, predictions));
        KStream<String, Labelled> labelled = outcomes.join(builder, predictions);
        ArchiveTopology.addTo(labelled.flatMapValues(
                row -> row.archive() == null ? List.<ArchivedExample>of() : List.of(row.archive())));
        send(outcomes.watch(builder, labelled));
        return builder.build(settings);
    }

    private static void send(KStream<String, Signal> signals) {
        signals.to(Signal.TOPIC, Produced.with(Serdes.String(), JsonSerde.of(Signal.class)));
    }
}
