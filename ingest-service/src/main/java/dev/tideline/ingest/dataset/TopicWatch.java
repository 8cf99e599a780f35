package dev.tideline.ingest.dataset;

import dev.tideline.starter.error.TidelineException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Whether a dataset's topic is still the one that the committed offsets belong to. A topic that was deleted and made anew starts at
 * offset 0 again: going on at the old offset would skip its first records without a word.
 */
@Component
public final class TopicWatch {

    private static final Logger log = LoggerFactory.getLogger(TopicWatch.class);
    private static final String ACTION = "; its records cannot follow those that are stored. Bring the old topic back, or declare a"
            + " dataset of another name for the new records: the versions of this one stay readable";

    private final Admin admin;
    private final Catalogue catalogue;
    private final JdbcDatasets datasets;
    private final DatasetProperties properties;
    private final Map<String, String> obstacles = new ConcurrentHashMap<>();
    private final Set<String> suspects = ConcurrentHashMap.newKeySet();

    TopicWatch(Admin admin, Catalogue catalogue, JdbcDatasets datasets, DatasetProperties properties) {
        this.admin = admin;
        this.catalogue = catalogue;
        this.datasets = datasets;
        this.properties = properties;
    }

    /** What the last look found wrong, without a look: fails with {@code TOPIC_REPLACED}. */
    public void check(Dataset dataset) {
        String obstacle = obstacles.get(dataset.name());
        if (obstacle != null) {
            throw new TidelineException(DatasetError.TOPIC_REPLACED, obstacle);
        }
    }

    /** Datasets whose records cannot be written, and why. */
    Map<String, String> obstacles() {
        return Map.copyOf(obstacles);
    }

    /**
     * Looks now.
     *
     * @return why the dataset's records must not be written; null when they may
     * @throws DataAccessException when PostgreSQL does not answer
     */
    public @Nullable String obstacle(Dataset dataset) {
        return judge(dataset, datasets.topicId(dataset.name()).orElse(null), admin.describeTopics(List.of(dataset.topic())));
    }

    private @Nullable String judge(Dataset dataset, @Nullable String expected, DescribeTopicsResult topics) {
        try {
            String id = await(topics.topicNameValues().get(dataset.topic())).topicId().toString();
            if (id.equals(expected) || datasets.adoptTopic(dataset.name(), id)) {
                obstacles.remove(dataset.name());
                suspects.remove(dataset.name());
                return null;
            }
            return remember(dataset, "topic: " + dataset.topic() + " has the id " + id + " (expected: " + expected
                    + ", as when its first records were stored)" + ACTION);
        } catch (ExecutionException failure) {
            return failure.getCause() instanceof UnknownTopicOrPartitionException ? missing(dataset, expected) : noAnswer(dataset);
        } catch (TimeoutException timeout) {
            return noAnswer(dataset);
        }
    }

    /** Believed at the second look: a broker may hear of a new topic a little late. */
    private String missing(Dataset dataset, @Nullable String expected) {
        String obstacle = "topic: " + dataset.topic() + " is gone (expected: "
                + (expected == null ? "a topic of that name" : "a topic with the id " + expected) + ")" + ACTION;
        return suspects.add(dataset.name()) ? obstacle : remember(dataset, obstacle);
    }

    private static String noAnswer(Dataset dataset) {
        return "topic: " + dataset.topic() + " (expected: Kafka knows it)";
    }

    private String remember(Dataset dataset, String obstacle) {
        if (!obstacle.equals(obstacles.put(dataset.name(), obstacle))) {
            log.error("Dataset {} takes no more records. {}", dataset.name(), obstacle);
        }
        return obstacle;
    }

    @Scheduled(fixedDelayString = "${tideline.ingest.dataset.topic-check:10s}")
    void look() {
        Collection<Dataset> known = catalogue.known();
        if (known.isEmpty()) {
            return;
        }
        try {
            Map<String, String> expected = datasets.topicIds();
            DescribeTopicsResult topics = admin.describeTopics(known.stream().map(Dataset::topic).toList());
            known.forEach(dataset -> judge(dataset, expected.get(dataset.name()), topics));
        } catch (DataAccessException | TransactionException unavailable) {
            log.debug("Topics are looked at when PostgreSQL is back: {}", unavailable.getMessage());
        }
    }

    private <T> T await(KafkaFuture<T> answer) throws ExecutionException, TimeoutException {
        try {
            return answer.get(properties.brokerTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("the service is stopping");
        }
    }
}
