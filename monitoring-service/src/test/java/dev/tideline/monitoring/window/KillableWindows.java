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
import dev.tideline.testing.TestKafka;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
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
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The windows' part of the stream processing alone, in a process of its own that is there to be killed. */
final class KillableWindows {

    private KillableWindows() {}

    static Process start(TestKafka kafka, String model, Path state) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), KillableWindows.class.getName(),
                kafka.bootstrap(), model, state.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.to(new File(state.toFile(), "output.log"))).start();
    }

    public static void main(String[] arguments) {
        var bins = new TreeMap<String, Baseline>(Map.of("x",
                new Baseline.Numeric(new double[] {2, 4, 6, 8}, new long[] {20, 20, 20, 20, 20}, 0, 0, 9, 4.5, 3)));
        ModelBaseline baseline = new ModelBaseline("data", 1, "f", new RecordConverter(new Schema(1, List.of(), null, null, null)), null, bins);
        ModelBaselines baselines = new OneModel(arguments[1], baseline);
        try (var context = new AnnotationConfigApplicationContext()) {
            context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
            context.register(PredictionLog.class);
            context.refresh();
            StreamsBuilder builder = new StreamsBuilder();
            new WindowTopology(new WindowProperties(500, Duration.ofSeconds(8), Duration.ofMinutes(5), 50, Duration.ofMillis(300)),
                    new LearningProperties(0, 1), baselines, Slices.none(), context.getBean(MeterRegistry.class))
                    .addTo(builder, context.getBean(PredictionLog.class).addTo(builder))
                    .to(Signal.TOPIC, Produced.with(Serdes.String(), JsonSerde.of(Signal.class)));
            KafkaStreams streams = new KafkaStreams(builder.build(), settings(arguments[0], arguments[2]));
            // As the service does: what fails, such as a time-out of a busy broker, is begun again.
            streams.setUncaughtExceptionHandler(failure -> {
                failure.printStackTrace();
                return StreamThreadExceptionResponse.REPLACE_THREAD;
            });
            streams.start();
        }
    }

    private record OneModel(String name, ModelBaseline baseline) implements ModelBaselines {

        @Override
        public Optional<ModelBaseline> find(String model, long version) {
            return model.equals(name) ? Optional.of(baseline) : Optional.empty();
        }

        @Override
        public Optional<ModelBaseline> newest(String model) {
            return find(model, 1);
        }
    }

    private static Properties settings(String bootstrap, String state) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "replay-kill");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        // The same member comes back: its partitions are not taken from it for as long as a lost one's would be.
        settings.put(StreamsConfig.mainConsumerPrefix("group.instance.id"), "one");
        return settings;
    }
}
