package dev.tideline.starter.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.DatasetVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.starter.StarterContext;
import dev.tideline.starter.TopicTail;
import dev.tideline.testing.TestKafka;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class OutboxIT extends StarterContext {

    @Autowired
    private Outbox outbox;
    @Autowired
    private EventReader reader;
    @Autowired
    private TransactionTemplate transaction;
    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void broker() {
        TestKafka.shared().start();
    }

    @Test
    void committedEventArrivesWithItsHeaders() {
        transaction.executeWithoutResult(status -> outbox.append(Events.sealed("commit", 7)));

        ConsumerRecord<String, byte[]> record = arrived("commit", 1).getFirst();
        assertThat(reader.read(record.value(), DatasetVersionEvent.class)).isEqualTo(Events.sealed("commit", 7));
        assertThat(TopicTail.header(record, "ce_type")).isEqualTo("dev.tideline.dataset-version.v1");
        assertThat(TopicTail.header(record, "ce_source")).isEqualTo("/tideline/starter-test");
        assertThat(TopicTail.header(record, "ce_id")).isEqualTo("commit-7");
    }

    @Test
    void rolledBackEventNeverArrives() {
        transaction.executeWithoutResult(status -> {
            outbox.append(Events.sealed("rollback", 1));
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> outbox.append(Events.sealed("rollback", 2)));

        assertThat(versions("rollback", 1)).containsExactly(2L);
    }

    @Test
    void appendOutsideTransactionIsRefused() {
        assertThatIllegalStateException().isThrownBy(() -> outbox.append(Events.sealed("outside", 1)))
                .withMessageContaining("no transaction");
    }

    @Test
    void eventsOfKeyKeepTheOrderOfCommits() {
        for (long version = 1; version <= 300; version++) {
            long number = version;
            transaction.executeWithoutResult(status -> outbox.append(Events.sealed("order", number)));
        }

        assertThat(versions("order", 300)).containsExactlyElementsOf(LongStream.rangeClosed(1, 300).boxed().toList());
    }

    @Test
    void transactionsOfManyThreadsKeepTheOrderInWhichTheyChangedARow() {
        jdbc.sql("CREATE TABLE IF NOT EXISTS counter (value bigint NOT NULL)").update();
        jdbc.sql("INSERT INTO counter VALUES (0)").update();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int n = 0; n < 100; n++) {
                threads.submit(() -> transaction.executeWithoutResult(status -> outbox.append(Events.sealed("threads",
                        jdbc.sql("UPDATE counter SET value = value + 1 RETURNING value").query(Long.class).single()))));
            }
        }

        assertThat(versions("threads", 100)).containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void eventsOutliveAnAbsentBroker() {
        TestKafka.shared().stop();
        for (long version = 1; version <= 3; version++) {
            long number = version;
            transaction.executeWithoutResult(status -> outbox.append(Events.sealed("outage", number)));
        }
        assertThat(rows()).isEqualTo(3);

        TestKafka.shared().start();

        await().atMost(Duration.ofSeconds(30)).until(() -> rows() == 0);
        assertThat(versions("outage", 3)).endsWith(1L, 2L, 3L);
    }

    private long rows() {
        return jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single();
    }

    private List<Long> versions(String key, int count) {
        return arrived(key, count).stream()
                .map(record -> reader.read(record.value(), DatasetVersionEvent.class).version()).toList();
    }

    private static List<ConsumerRecord<String, byte[]>> arrived(String key, int count) {
        return TopicTail.read(Topics.DATASET_VERSIONS, key, count);
    }
}
