package dev.tideline.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.local.FreePorts;
import dev.tideline.platform.demo.Scorecard.Phase;
import dev.tideline.platform.stack.Ports;
import dev.tideline.platform.stack.Service;
import dev.tideline.platform.stack.StackOptions;
import dev.tideline.platform.stack.StackOptions.Jit;
import dev.tideline.platform.support.StubServer;
import dev.tideline.platform.support.StubServer.Response;
import dev.tideline.testing.TestKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrafficIT {

    private final Scorecard scores = new Scorecard();
    private final AtomicLong asked = new AtomicLong();
    private final StackOptions stack =
            new StackOptions(Path.of("."), Path.of("."), new Ports(FreePorts.find(1).getFirst() - 30), "64m", Jit.FULL);
    private StubServer monitoring;
    private Topic topic;

    @BeforeEach
    void startReceivers() throws IOException {
        TestKafka.shared().createTopics(1, Topics.OUTCOMES);
        topic = new Topic(TestKafka.shared().bootstrap());
        monitoring = new StubServer(stack.ports().of(Service.MONITORING), request -> Response.of(202, "{}"));
    }

    @AfterEach
    void stopReceivers() {
        monitoring.close();
        topic.close();
    }

    @Test
    void followsEveryAnsweredRowWithItsOutcomeOnce() throws Exception {
        var before = outcomesOnTopic();

        var traffic = run(80, request -> predictions(1, 1));

        assertThat(traffic.answeredRows()).isEqualTo(80);
        var overHttp = monitoring.requests().stream().mapToInt(request -> Json.MAPPER.readTree(request.body()).size()).sum();
        assertThat(overHttp).isBetween(8, 72);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(outcomesOnTopic() - before).isEqualTo(80 - overHttp));
    }

    @Test
    void countsFailedRequestsAndSaysWhy() throws Exception {
        var traffic = run(40, request -> request == 2 ? Response.of(503, "{\"error\":\"busy\"}") : predictions(1, 1));

        assertThat(traffic.requests()).isEqualTo(5);
        assertThat(traffic.failed()).isEqualTo(1);
        assertThat(traffic.firstFailure()).isEqualTo("503 {\"error\":\"busy\"}");
    }

    @Test
    void takesAnAnswerWithTooFewRowsAsAFailure() throws Exception {
        var traffic = run(8, request -> Response.of(200, "{\"predictions\":[]}"));

        assertThat(traffic.firstFailure()).contains("predictions: 0 (expected: 8)");
    }

    @Test
    void givesLaterVersionsAPhaseOfTheirOwn() throws Exception {
        run(80, request -> predictions(request < 5 ? 1 : 2, 1));

        assertThat(scores.phase(Phase.BEFORE_DRIFT).rows() + scores.phase(Phase.AFTER_SWAP).rows()).isEqualTo(80);
        assertThat(scores.phase(Phase.AFTER_SWAP).rows()).isPositive();
    }

    private Traffic run(int rows, LongFunction<Response> answer) throws Exception {
        var trips = new Trips(new SplittableRandom(3), "t");
        var services = new Services(stack);
        try (var inference = new StubServer(0, request ->
                request.path().contains("/versions/") ? Response.of(404, "{}") : answer.apply(asked.getAndIncrement()))) {
            var outcomes = new Outcomes(services, topic, Duration.ofMillis(20));
            var traffic = new Traffic(new PredictionClient(inference.url()), "/v1/models/trips",
                    Stream.generate(trips::next).limit(rows).iterator(), 2_000, outcomes, scores);
            try (outcomes) {
                traffic.start(1);
                await().atMost(Duration.ofSeconds(20)).until(() -> !traffic.isRunning());
                traffic.close();
            }
            return traffic;
        }
    }

    private static Response predictions(long version, int label) {
        var row = "{\"probability\":0.8,\"label\":" + label + "}";
        return new Response(200, "{\"predictions\":[" + String.join(",", List.of(row, row, row, row, row, row, row, row)) + "]}",
                Long.toString(version));
    }

    private static long outcomesOnTopic() {
        var settings = Map.<String, Object>of("bootstrap.servers", TestKafka.shared().bootstrap());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(Topics.OUTCOMES, 0);
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }
}
