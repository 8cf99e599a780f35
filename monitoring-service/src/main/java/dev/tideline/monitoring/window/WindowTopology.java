package dev.tideline.monitoring.window;

import dev.tideline.monitoring.baseline.ModelBaselines;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.monitoring.signal.Signal;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.springframework.stereotype.Component;

/** The part of the stream processing that turns predictions into closed windows. */
@Component
public final class WindowTopology {

    private final WindowProperties properties;
    private final ModelBaselines baselines;
    private final MeterRegistry meters;

    WindowTopology(WindowProperties properties, ModelBaselines baselines, MeterRegistry meters) {
        this.properties = properties;
        this.baselines = baselines;
        this.meters = meters;
    }

    /** Closed windows by model. */
    public KStream<String, Signal> addTo(StreamsBuilder builder, KStream<String, Prediction> predictions) {
        builder.addStateStore(store(ChunkProcessor.STORE).withCachingEnabled());
        builder.addStateStore(store(WindowProcessor.STORE).withCachingEnabled());
        return predictions
                .process(() -> new ChunkProcessor(properties, baselines, meters), ChunkProcessor.STORE)
                .repartition(Repartitioned.with(Serdes.String(), Serdes.ByteArray()).withName("prediction-chunks"))
                .process(() -> new WindowProcessor(properties, baselines, meters), WindowProcessor.STORE);
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray());
    }
}
