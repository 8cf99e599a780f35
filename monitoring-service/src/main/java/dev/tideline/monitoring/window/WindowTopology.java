package dev.tideline.monitoring.window;

import dev.tideline.monitoring.baseline.ModelBaselines;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.monitoring.slice.Slices;
import dev.tideline.monitoring.store.CommittedStore;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;
import org.springframework.stereotype.Component;

/** The part of the stream processing that turns predictions into closed windows. */
@Component
public final class WindowTopology {

    private final WindowProperties properties;
    private final LearningProperties learning;
    private final ModelBaselines baselines;
    private final Slices slices;
    private final MeterRegistry meters;

    WindowTopology(WindowProperties properties, LearningProperties learning, ModelBaselines baselines, Slices slices,
            MeterRegistry meters) {
        this.properties = properties;
        this.learning = learning;
        this.baselines = baselines;
        this.slices = slices;
        this.meters = meters;
    }

    /** Closed windows, and baselines that were learnt, by model. */
    public KStream<String, Signal> addTo(StreamsBuilder builder, KStream<String, Prediction> predictions) {
        builder.addStateStore(CommittedStore.builder(ChunkProcessor.STORE, ChunkProcessor.codec(baselines)));
        builder.addStateStore(CommittedStore.builder(WindowProcessor.STORE, WindowProcessor.codec(baselines)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(BaselineLearner.STORE), Serdes.Bytes(), Serdes.ByteArray()));
        return predictions
                .process(() -> new ChunkProcessor(properties, baselines, slices, meters), ChunkProcessor.STORE)
                .repartition(Repartitioned.with(Serdes.String(), Serdes.ByteArray()).withName("prediction-chunks"))
                .process(() -> new WindowProcessor(properties, learning, baselines, meters),
                        WindowProcessor.STORE, BaselineLearner.STORE);
    }
}
