package dev.tideline.starter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.starter.StarterApp;
import dev.tideline.starter.StarterContext;
import dev.tideline.starter.TopicTail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaTemplate;

class ListenerErrorsIT extends StarterContext {

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;
    @Autowired
    private StarterApp.Things things;

    @BeforeEach
    void nothingHandledYet() {
        things.handled.clear();
        things.attempts.set(0);
    }

    @Test
    void poisonGoesToDeadLetterAtOnceAndTheNextRecordIsHandled() {
        send("poison", "bad");
        send("poison", "ok");

        awaitHandled("ok");
        ConsumerRecord<String, byte[]> letter = deadLetter("poison");
        assertThat(letter.value()).isEqualTo("bad".getBytes(StandardCharsets.UTF_8));
        assertThat(things.attempts).hasValue(2);
        assertThat(TopicTail.header(letter, "tideline-error-code")).isEqualTo("MALFORMED_EVENT");
        assertThat(TopicTail.header(letter, "tideline-error-message")).isEqualTo("thing: bad (expected: ok)");
        assertThat(TopicTail.header(letter, "tideline-source-topic")).isEqualTo(StarterApp.TOPIC);
        assertThat(TopicTail.header(letter, "tideline-source-partition")).isEqualTo("0");
        assertThat(TopicTail.header(letter, "tideline-source-offset")).matches("\\d+");
    }

    @Test
    void poisonAsLargeAsABrokerTakesGoesAsideWithoutItsEnd() {
        int length = 1_048_001;
        send("large", "bad".repeat(length / 3).concat("ba"));
        ConsumerRecord<String, byte[]> letter = deadLetter("large");
        assertThat(letter.value()).hasSizeBetween(990_000, 1_000_000).startsWith("badbad".getBytes(StandardCharsets.UTF_8));
        assertThat(TopicTail.header(letter, "tideline-cut-from")).isEqualTo(Integer.toString(length));
        assertThat(TopicTail.header(letter, "tideline-error-message")).startsWith("thing: badbad").hasSizeLessThan(1_100);
        assertThat(TopicTail.header(letter, "tideline-source-offset")).matches("\\d+");
    }

    @Test
    void recordIsTriedUntilTheOtherSideAnswers() {
        send("patience", "later");

        awaitHandled("later");
        assertThat(things.attempts).hasValue(6);
    }

    @Test
    void faultIsTriedAFewTimesBeforeItBecomesDeadLetter() {
        send("fault", "fault");

        ConsumerRecord<String, byte[]> letter = deadLetter("fault");
        assertThat(TopicTail.header(letter, "tideline-error-code")).isEqualTo("INTERNAL");
        assertThat(TopicTail.header(letter, "tideline-error-message")).isEqualTo("disk on fire");
        assertThat(things.attempts).hasValue(4);
    }

    private void send(String key, String value) {
        kafka.send(StarterApp.TOPIC, key, value.getBytes(StandardCharsets.UTF_8)).join();
    }

    private void awaitHandled(String value) {
        await().atMost(Duration.ofSeconds(30)).until(() -> things.handled.contains(value));
    }

    private static ConsumerRecord<String, byte[]> deadLetter(String key) {
        return TopicTail.read(Topics.deadLetter(StarterApp.TOPIC), key, 1).getFirst();
    }
}
