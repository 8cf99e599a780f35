package dev.tideline.ingest.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TopicContent;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What lineage says is what Kafka has: the bytes of a version's files are those of the records at the offsets that it names. */
class LineageIT extends ServiceTest {

    @Test
    void namesTheOffsetsWhoseBytesAreInTheFiles() throws Exception {
        ingest.declare("lineage");
        produce("lineage", 0, 90);
        ingest.seal("lineage", "{\"rule\":\"all\"}", "first");
        produce("lineage", 90, 200);

        ingest.seal("lineage", "{\"rule\":\"last\",\"records\":150}", "second");

        assertLineageIsTrue("lineage", 2, 150);
    }

    @Test
    void isTrueWhereRecordsWereRejected() throws Exception {
        ingest.declare("gaps");
        produce("gaps", 0, 40);
        send("gaps", "no record".getBytes(StandardCharsets.UTF_8), 1);
        produce("gaps", 40, 80);

        ingest.seal("gaps", "{\"rule\":\"all\"}", "first");

        assertLineageIsTrue("gaps", 1, 80);
    }

    @Test
    void isTrueForASplitByKey() throws Exception {
        ingest.put("/v1/datasets/by-key", "{\"schema\":" + IngestClient.SCHEMA + ",\"split\":{\"by\":\"KEY\",\"evaluation\":0.4}}");
        produce("by-key", 0, 120);
        ingest.seal("by-key", "{\"rule\":\"all\"}", "first");

        JsonNode lineage = ingest.get("/v1/datasets/by-key/versions/1/lineage").body();

        List<String> all = new ArrayList<>();
        for (String split : List.of("train", "evaluation")) {
            for (var partition : lineage.path("splits").path(split).path("partitions").properties()) {
                for (JsonNode part : partition.getValue().path("files")) {
                    List<String> offsets = kafka("by-key", Integer.parseInt(partition.getKey()), part.path("firstOffset").asLong(), part.path("lastOffset").asLong());
                    List<String> records = records(part);
                    assertThat(offsets).as("in order").containsSubsequence(records);
                    all.addAll(records);
                }
            }
        }
        assertThat(all).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void saysWhatTheVersionWasSealedFor() {
        ingest.declare("why");
        ingest.sendRecords("why", 0, 10);
        ingest.seal("why", "{\"rule\":\"all\"}", "r-1");

        JsonNode lineage = ingest.get("/v1/datasets/why/versions/1/lineage").body();

        assertThat(List.of(lineage.path("topic").asString(), lineage.path("trigger").asString(), lineage.path("requestId").asString(),
                lineage.at("/window/rule").asString())).containsExactly("tideline.records.why", "REQUEST", "r-1", "all");
        assertThat(lineage.path("contentHash")).isEqualTo(ingest.get("/v1/datasets/why/versions/1").body().path("contentHash"));
    }

    /** Each part: skipping and taking among the records at its offsets gives its bytes; all parts together are the version. */
    private void assertLineageIsTrue(String dataset, int version, int records) throws IOException {
        JsonNode lineage = ingest.get("/v1/datasets/" + dataset + "/versions/" + version + "/lineage").body();
        int total = 0;
        for (var split : lineage.path("splits").properties()) {
            int inSplit = 0;
            for (var partition : split.getValue().path("partitions").properties()) {
                for (JsonNode part : partition.getValue().path("files")) {
                    List<String> taken = kafka(dataset, Integer.parseInt(partition.getKey()), part.path("firstOffset").asLong(), part.path("lastOffset").asLong())
                            .stream().skip(part.path("skip").asLong()).limit(part.path("take").asLong()).toList();
                    assertThat(records(part)).isEqualTo(taken);
                    inSplit += taken.size();
                }
            }
            assertThat(inSplit).isEqualTo(split.getValue().path("records").asInt());
            total += inSplit;
        }
        assertThat(total).isEqualTo(records);
        assertThat(lineage.path("partitions").valueStream().mapToInt(partition -> partition.path("records").asInt()).sum()).isEqualTo(records);
    }

    /** The bytes, as hexadecimal digits, of the records that a part takes from its file. */
    private static List<String> records(JsonNode part) throws IOException {
        List<String> records = new ArrayList<>();
        Path file = storage().resolve(part.path("path").asString());
        try (TfRecordReader reader = TfRecordReader.open(file)) {
            for (byte[] record = reader.next(); record != null; record = reader.next()) {
                records.add(HexFormat.of().formatHex(record));
            }
        }
        assertThat(records).hasSize(part.path("records").asInt());
        return records.subList(part.path("skip").asInt(), part.path("skip").asInt() + part.path("take").asInt());
    }

    /** The values, as hexadecimal digits, of the Examples from {@code first} to {@code last}. */
    private static List<String> kafka(String dataset, int partition, long first, long last) {
        return TopicContent.read(TestKafka.shared().bootstrap(), Topics.records(dataset)).records().stream()
                .filter(record -> record.partition() == partition && record.offset() >= first && record.offset() <= last)
                .filter(record -> record.headers().lastHeader(RecordHeaders.CONTENT_TYPE) != null)
                .map(record -> HexFormat.of().formatHex(record.value())).toList();
    }

    private static void produce(String dataset, int from, int to) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int n = from; n < to; n++) {
                TreeMap<String, Feature> features = new TreeMap<>(Map.of("id", Feature.text("r" + n), "at", Feature.longs(n * 1000L),
                        "x", Feature.floats(n + 0.5f), "y", Feature.longs(n % 2)));
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.records(dataset), n % 3, null, Example.of(features).encode());
                record.headers().add(RecordHeaders.CONTENT_TYPE, RecordHeaders.EXAMPLE.getBytes(StandardCharsets.UTF_8));
                producer.send(record);
            }
        }
    }

    private static void send(String dataset, byte[] value, int partition) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(Topics.records(dataset), partition, null, value)).get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(Map.of("bootstrap.servers", TestKafka.shared().bootstrap(), "acks", "all"), new ByteArraySerializer(), new ByteArraySerializer());
    }
}
