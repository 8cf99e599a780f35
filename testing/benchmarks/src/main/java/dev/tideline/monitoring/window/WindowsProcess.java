package dev.tideline.monitoring.window;

import dev.tideline.features.Baseline;
import dev.tideline.features.RecordConverter;
import dev.tideline.features.Schema;
import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.baseline.ModelBaselines;
import dev.tideline.monitoring.predictionlog.PredictionLog;
import dev.tideline.monitoring.signal.JsonSerde;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.monitoring.slice.Slices;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Produced;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Predictions to windows and nothing else, with the service's defaults and one thread: {@code WindowsProcess BOOTSTRAP STATE FEATURES}. */
final class WindowsProcess {

    static final String MODEL = "wide";
    private static final WindowProperties DEFAULTS =
            new WindowProperties(500, Duration.ofHours(1), Duration.ofMinutes(5), 50, Duration.ofMillis(500));
    private static final int CACHE_BYTES = 16 << 20;

    private WindowsProcess() {}

    public static void main(String[] arguments) {
        ModelBaseline baseline = baseline(Integer.parseInt(arguments[2]));
        var context = new AnnotationConfigApplicationContext();
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.register(PredictionLog.class);
        context.refresh();
        StreamsBuilder builder = new StreamsBuilder();
        new WindowTopology(DEFAULTS, new LearningProperties(0, 1), new OneModel(baseline), Slices.none(), context.getBean(MeterRegistry.class))
                .addTo(builder, context.getBean(PredictionLog.class).addTo(builder))
                .to(Signal.TOPIC, Produced.with(Serdes.String(), JsonSerde.of(Signal.class)));
        Properties settings = settings(arguments[0], arguments[1]);
        new KafkaStreams(builder.build(settings), settings).start();
    }

    static String feature(int index) {
        return String.format("f%03d", index);
    }

    private static ModelBaseline baseline(int features) {
        var bins = new TreeMap<String, Baseline>();
        double[] edges = {-1.28, -0.84, -0.52, -0.25, 0, 0.25, 0.52, 0.84, 1.28};
        long[] counts = new long[10];
        Arrays.fill(counts, 1_000);
        for (int i = 0; i < features; i++) {
            bins.put(feature(i), new Baseline.Numeric(edges, counts, 0, -4, 4, 0, 1));
        }
        return new ModelBaseline("data", 1, "f", new RecordConverter(new Schema(1, List.of(), null, null, null)), null, bins, Map.of());
    }

    private record OneModel(ModelBaseline baseline) implements ModelBaselines {

        @Override
        public Optional<ModelBaseline> find(String model, long version) {
            return Optional.of(baseline);
        }

        @Override
        public Optional<ModelBaseline> newest(String model) {
            return Optional.of(baseline);
        }
    }

    /** As in StreamsSettings, but for the threads. */
    private static Properties settings(String bootstrap, String state) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "windows-benchmark");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        return settings;
    }
}
