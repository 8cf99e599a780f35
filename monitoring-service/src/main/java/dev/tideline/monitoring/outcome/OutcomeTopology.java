package dev.tideline.monitoring.outcome;

import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.monitoring.signal.JsonSerde;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.monitoring.store.CommittedStore;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.springframework.stereotype.Component;

/** The part of the stream processing that joins labels with predictions and watches the errors. */
@Component
public final class OutcomeTopology {

    static final String PREDICTIONS = "awaited-predictions";
    static final String EARLY = "early-labels";

    private final OutcomeProperties properties;
    private final LabelJoin join;

    OutcomeTopology(OutcomeProperties properties, LabelJoin join) {
        this.properties = properties;
        this.join = join;
    }

    /** Labelled predictions by prediction id. */
    public KStream<String, Labelled> join(StreamsBuilder builder, KStream<String, Prediction> predictions) {
        builder.addStateStore(store(PREDICTIONS, properties.retention()));
        // What has waited long enough is removed and counted; the store itself forgets later.
        builder.addStateStore(store(EARLY, properties.earlyRetention().multipliedBy(2)));
        KStream<String, Labelled> late = predictions.process(() -> new PredictionSide(join), PREDICTIONS, EARLY);
        KStream<String, Object> labels = builder
                .stream(Topics.OUTCOMES, Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .process(() -> new LabelSide(join, properties.earlyRetention()), PREDICTIONS, EARLY);
        labels.flatMapValues(value -> value instanceof byte[] bytes ? List.of(bytes) : List.<byte[]>of())
                .to(Topics.deadLetter(Topics.OUTCOMES), Produced.with(Serdes.String(), Serdes.ByteArray()));
        return labels.flatMapValues(value -> value instanceof Labelled labelled ? List.of(labelled) : List.<Labelled>of())
                .merge(late);
    }

    /** Totals, accuracy and alarms by model. */
    public KStream<String, Signal> watch(StreamsBuilder builder, KStream<String, Labelled> labelled) {
        builder.addStateStore(CommittedStore.builder(ErrorWatch.STORE, ErrorWatch.codec()));
        return labelled
                .map((id, row) -> org.apache.kafka.streams.KeyValue.pair(row.prediction().versionKey(), Judged.of(row)))
                .repartition(Repartitioned.with(Serdes.String(), JsonSerde.of(Judged.class)).withName("judged-labels"))
                .process(() -> new ErrorWatch(properties), ErrorWatch.STORE);
    }

    private static StoreBuilder<WindowStore<String, byte[]>> store(String name, Duration retention) {
        // Segments are what expires at once; the window's size itself plays no part.
        return Stores.windowStoreBuilder(Stores.persistentWindowStore(name, retention, Duration.ofMillis(1), false),
                Serdes.String(), Serdes.ByteArray());
    }
}
