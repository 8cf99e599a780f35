package dev.tideline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaIT {

    @TempDir
    private Path data;

    @Test
    void keepsRecordsAndGroupOffsetsAcrossARestartOnOtherPorts() throws Exception {
        var ports = FreePorts.find(4);
        try (var kafka = LocalKafka.start(data, ports.get(0), ports.get(1))) {
            createTopic(kafka);
            send(kafka, "first", "second");
            assertThat(readOne(kafka)).isEqualTo("first");
        }

        try (var kafka = LocalKafka.start(data, ports.get(2), ports.get(3))) {
            assertThat(readOne(kafka)).isEqualTo("second");
        }
    }

    @Test
    void startsAgainOnTheSamePorts() throws Exception {
        var ports = FreePorts.find(2);
        LocalKafka.start(data, ports.get(0), ports.get(1)).close();

        try (var kafka = LocalKafka.start(data, ports.get(0), ports.get(1))) {
            createTopic(kafka);
            send(kafka, "once");
            assertThat(readOne(kafka)).isEqualTo("once");
        }
    }

    @Test
    void namesTheTakenPort() throws Exception {
        var controllerPort = FreePorts.find(1).getFirst();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalKafka.start(data, taken.getLocalPort(), controllerPort))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void refusesARecordForATopicThatNobodyMade() {
        var ports = FreePorts.find(2);
        try (var kafka = LocalKafka.start(data, ports.get(0), ports.get(1))) {
            assertThatThrownBy(() -> send(kafka, "lost")).isInstanceOf(ExecutionException.class);
        }
    }

    private static void createTopic(LocalKafka kafka) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic("letters", 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
    }

    private static void send(LocalKafka kafka, String... values) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", kafka.bootstrap(), "acks", "all", "max.block.ms", 2_000);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (var value : values) {
                producer.send(new ProducerRecord<>("letters", value)).get(20, TimeUnit.SECONDS);
            }
        }
    }

    private static String readOne(LocalKafka kafka) {
        var settings = Map.<String, Object>of("bootstrap.servers", kafka.bootstrap(), "group.id", "readers",
                "auto.offset.reset", "earliest", "max.poll.records", 1, "enable.auto.commit", false);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("letters"));
            for (int attempt = 0; attempt < 40; attempt++) {
                var records = consumer.poll(Duration.ofMillis(500));
                if (!records.isEmpty()) {
                    consumer.commitSync();
                    return records.iterator().next().value();
                }
            }
            throw new AssertionError("no record within 20 seconds");
        }
    }
}
