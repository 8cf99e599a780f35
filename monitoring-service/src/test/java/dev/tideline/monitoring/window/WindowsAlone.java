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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The windows' part of the stream processing without the rest of the service. Every model has one input {@code x}. */
final class WindowsAlone {

    private static final ModelBaseline BASELINE = new ModelBaseline("data", 1, "f",
            new RecordConverter(new Schema(1, List.of(), null, null, null)), null, new TreeMap<>(Map.<String, Baseline>of("x",
                    new Baseline.Numeric(new double[] {2, 4, 6, 8}, new long[] {20, 20, 20, 20, 20}, 0, 0, 9, 4.5, 3))), Map.of());

    private WindowsAlone() {}

    /** @param member static member of the group; null leaves and joins like any other */
    static KafkaStreams of(String bootstrap, String application, Path state, @Nullable String member) {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
            context.register(PredictionLog.class);
            context.refresh();
            StreamsBuilder builder = new StreamsBuilder();
            new WindowTopology(new WindowProperties(500, Duration.ofSeconds(8), Duration.ofMinutes(5), 50, Duration.ofMillis(300)),
                    new LearningProperties(0, 1), new SameBaseline(), Slices.none(), context.getBean(MeterRegistry.class))
                    .addTo(builder, context.getBean(PredictionLog.class).addTo(builder))
                    .to(Signal.TOPIC, Produced.with(Serdes.String(), JsonSerde.of(Signal.class)));
            KafkaStreams streams = new KafkaStreams(builder.build(), settings(bootstrap, application, state, member));
            // As the service does: what fails, such as a time-out of a busy broker, is begun again.
            streams.setUncaughtExceptionHandler(failure -> {
                failure.printStackTrace();
                return StreamThreadExceptionResponse.REPLACE_THREAD;
            });
            return streams;
        }
    }

    private record SameBaseline() implements ModelBaselines {

        @Override
        public Optional<ModelBaseline> find(String model, long version) {
            return Optional.of(BASELINE);
        }

        @Override
        public Optional<ModelBaseline> newest(String model) {
            return Optional.of(BASELINE);
        }
    }

    private static Properties settings(String bootstrap, String application, Path state, @Nullable String member) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        if (member != null) {
            settings.put(StreamsConfig.mainConsumerPrefix("group.instance.id"), member);
        }
        return settings;
    }
}
