package dev.tideline.ingest.shard;

import dev.tideline.ingest.dataset.Dataset;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/** How far a dataset's partitions are written, and which open transactions keep readers away from that end. */
@Component
final class TopicEnds {

    /** Names of transactions only make a message better: a broker that does not tell them soon is not waited for. */
    private static final Duration NAMES = Duration.ofSeconds(2);

    private final Admin admin;
    private final Duration timeout;

    TopicEnds(Admin admin, ShardProperties properties) {
        this.admin = admin;
        this.timeout = properties.flushTimeout();
    }

    /**
     * Offsets after the last record of each partition, those of open transactions included: records that were acknowledged may lie
     * behind them.
     */
    Map<Integer, Long> written(Dataset dataset) {
        return ends(dataset, IsolationLevel.READ_UNCOMMITTED);
    }

    /** Transactions that are open in front of these offsets, one sentence each; none when nothing keeps a reader from them. */
    List<String> obstacles(Dataset dataset, Map<Integer, Long> ends) {
        Map<Integer, Long> stable = ends(dataset, IsolationLevel.READ_COMMITTED);
        List<TopicPartition> heldBack = ends.keySet().stream().filter(partition -> stable.get(partition) < ends.get(partition)).sorted()
                .map(partition -> new TopicPartition(dataset.topic(), partition)).toList();
        List<String> obstacles = new ArrayList<>();
        for (TopicPartition partition : heldBack) {
            long from = stable.get(partition.partition());
            obstacles.add(partition + ": " + transaction(partition, from) + " is open since offset " + from
                    + " (expected: committed or aborted; the broker aborts it after its transaction.timeout.ms)");
        }
        return obstacles;
    }

    private String transaction(TopicPartition partition, long since) {
        try {
            Set<Long> producers = answer(admin.describeProducers(List.of(partition)).partitionResult(partition), NAMES).activeProducers().stream()
                    .filter(producer -> producer.currentTransactionStartOffset().orElse(-1) == since)
                    .map(ProducerState::producerId).collect(Collectors.toSet());
            Collection<TransactionListing> names = producers.isEmpty() ? List.of()
                    : answer(admin.listTransactions(new ListTransactionsOptions().filterProducerIds(producers)).all(), NAMES);
            return names.stream().map(name -> "transaction " + name.transactionalId()).sorted().findFirst().orElse("a transaction");
        } catch (ExecutionException | TimeoutException unknown) {
            return "a transaction";
        }
    }

    private Map<Integer, Long> ends(Dataset dataset, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> wanted = IntStream.range(0, dataset.partitions())
                .mapToObj(partition -> new TopicPartition(dataset.topic(), partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try {
            Map<Integer, Long> ends = new HashMap<>();
            answer(admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all(), timeout)
                    .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
            return ends;
        } catch (ExecutionException | TimeoutException failure) {
            throw new TidelineException(CommonError.BROKER_UNAVAILABLE,
                    "topic: " + dataset.topic() + " (expected: Kafka tells its end within " + timeout.toSeconds() + " s)", failure);
        }
    }

    private static <T> T answer(KafkaFuture<T> future, Duration timeout) throws ExecutionException, TimeoutException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TidelineException(CommonError.UNAVAILABLE, "the service is stopping", interrupted);
        }
    }
}
