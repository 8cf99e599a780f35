package dev.tideline.ingest.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Topics;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.testing.TestKafka;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The rules of docs/reference/ingest-records.md for late records, equal keys and equal content. */
class WindowRulesIT extends ServiceTest {

    /** A record of {@link IngestClient#SCHEMA} for one partition. */
    private record Sent(int partition, String key, int seconds) {}

    @Test
    void countsALateRecordAtTheTimeThatWasReachedWhenItArrived() {
        dataset("late", "TIME", 0);
        produce("late", List.of(new Sent(0, "a", 10), new Sent(0, "b", 30), new Sent(0, "late", 5), new Sent(0, "c", 40)));

        Answer sealed = ingest.seal("late", "{\"rule\":\"since\",\"time\":\"1970-01-01T00:00:30Z\"}", "1");

        assertThat(ids(sealed, "train")).containsExactly("b", "late", "c");
    }

    @Test
    void countsALateRecordInItsOwnPartitionOnly() {
        dataset("late-apart", "TIME", 0);
        produce("late-apart", List.of(new Sent(0, "a", 50), new Sent(1, "b", 10), new Sent(1, "c", 45)));

        Answer sealed = ingest.seal("late-apart", "{\"rule\":\"since\",\"time\":\"1970-01-01T00:00:40Z\"}", "1");

        assertThat(ids(sealed, "train")).containsExactly("a", "c");
    }

    @Test
    void keepsEveryRecordOfAKey() {
        dataset("equal-keys", "TIME", 0);
        produce("equal-keys", List.of(new Sent(0, "k", 1), new Sent(0, "k", 1), new Sent(0, "k", 2)));

        assertThat(ids(ingest.seal("equal-keys", "{\"rule\":\"all\"}", "1"), "train")).containsExactly("k", "k", "k");
        assertThat(ids(ingest.seal("equal-keys", "{\"rule\":\"last\",\"records\":2}", "2"), "train")).hasSize(2);
    }

    @Test
    void putsAKeyIntoTheSameSplitInEveryDataset() {
        List<Sent> records = IntStream.range(0, 90).mapToObj(n -> new Sent(n % 3, "key-" + n % 30, n)).toList();
        dataset("split-one", "KEY", 0.4);
        dataset("split-two", "KEY", 0.4);
        produce("split-one", records);
        produce("split-two", records.reversed());

        List<String> one = ids(ingest.seal("split-one", "{\"rule\":\"all\"}", "1"), "evaluation").stream().distinct().sorted().toList();
        List<String> two = ids(ingest.seal("split-two", "{\"rule\":\"all\"}", "1"), "evaluation").stream().distinct().sorted().toList();

        assertThat(one).isEqualTo(two).isNotEmpty();
    }

    @Test
    void givesTheSameHashHoweverThePartitionsWereInterleaved() {
        List<Sent> records = IntStream.range(0, 60).mapToObj(n -> new Sent(n % 3, "r" + n, n)).toList();
        dataset("in-turn", "TIME", 0.2);
        dataset("one-by-one", "TIME", 0.2);
        produce("in-turn", records);
        for (int partition : new int[] {2, 0, 1}) {
            produce("one-by-one", records.stream().filter(record -> record.partition() == partition).toList());
        }

        Answer inTurn = ingest.seal("in-turn", "{\"rule\":\"last\",\"records\":50}", "1");
        Answer oneByOne = ingest.seal("one-by-one", "{\"rule\":\"last\",\"records\":50}", "1");

        assertThat(inTurn.body().path("contentHash")).isEqualTo(oneByOne.body().path("contentHash"));
    }

    @Test
    void givesTheSameRecordsInOtherFilesAnotherHash() {
        List<Sent> records = IntStream.range(0, 20).mapToObj(n -> new Sent(0, "r" + n, n)).toList();
        dataset("one-file", "TIME", 0);
        dataset("two-files", "TIME", 0);
        produce("one-file", records);
        produce("two-files", records.subList(0, 10));
        ingest.seal("two-files", "{\"rule\":\"all\"}", "half");
        produce("two-files", records.subList(10, 20));

        Answer one = ingest.seal("one-file", "{\"rule\":\"all\"}", "1");
        Answer two = ingest.seal("two-files", "{\"rule\":\"all\"}", "1");

        assertThat(ids(one, "train")).isEqualTo(ids(two, "train"));
        assertThat(one.body().path("contentHash")).isNotEqualTo(two.body().path("contentHash"));
    }

    private void dataset(String name, String by, double evaluation) {
        Answer declared = ingest.put("/v1/datasets/" + name,
                "{\"schema\":" + IngestClient.SCHEMA + ",\"split\":{\"by\":\"" + by + "\",\"evaluation\":" + evaluation + "}}");
        assertThat(declared.status()).isEqualTo(201);
    }

    private static void produce(String dataset, List<Sent> records) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", TestKafka.shared().bootstrap(), "acks", "all"),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Sent record : records) {
                String json = "{\"id\":\"%s\",\"at\":%d,\"x\":%d.5,\"y\":1}".formatted(record.key(), record.seconds() * 1000L, record.seconds());
                producer.send(new ProducerRecord<>(Topics.records(dataset), record.partition(), null, json.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private List<String> ids(Answer sealed, String split) {
        assertThat(sealed.status()).as(sealed.raw().body()).isEqualTo(201);
        List<String> ids = new ArrayList<>();
        for (Example example : ingest.records(ingest.manifest(sealed.body().path("manifest").asString()), split)) {
            ids.add(((Feature.Bytes) example.feature("id")).text(0));
        }
        return ids;
    }
}
