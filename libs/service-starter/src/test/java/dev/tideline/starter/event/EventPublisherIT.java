package dev.tideline.starter.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tideline.contracts.DatasetVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.starter.StarterContext;
import dev.tideline.starter.TopicTail;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.Failures;
import dev.tideline.testing.TestKafka;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class EventPublisherIT extends StarterContext {

    @Autowired
    private EventPublisher publisher;
    @Autowired
    private EventReader reader;

    @AfterEach
    void broker() {
        TestKafka.shared().start();
    }

    @Test
    void eventIsOnTheTopicOnceTheFutureIsDone() throws Exception {
        publisher.publish(Events.sealed("direct", 1)).get(20, TimeUnit.SECONDS);

        ConsumerRecord<String, byte[]> record = TopicTail.read(Topics.DATASET_VERSIONS, "direct", 1).getFirst();
        assertThat(reader.read(record.value(), DatasetVersionEvent.class)).isEqualTo(Events.sealed("direct", 1));
        assertThat(TopicTail.header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(TopicTail.header(record, "ce_time")).isEqualTo("2026-05-01T12:00:00Z");
        assertThat(TopicTail.header(record, "content-type")).isEqualTo("application/json");
    }

    @Test
    void absentBrokerFailsTheFutureInBoundedTimeWithACode() {
        TestKafka.shared().stop();

        Throwable failure = catchThrowable(() -> publisher.publish(Events.sealed("direct", 2)).get(15, TimeUnit.SECONDS));

        assertThat(Failures.codeOf(failure)).isEqualTo(CommonError.BROKER_UNAVAILABLE);
        assertThat(failure).hasStackTraceContaining("dev.tideline.dataset-version.v1");
    }
}
