package dev.tideline.ingest.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.features.DatasetManifest;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import dev.tideline.tfrecord.Feature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two instances in processes of their own, over one database and one storage, with sealing and retention by the clock. Their datasets have
 * names of their own, since the broker is shared with other tests.
 */
class InstancesIT {

    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir
    private static Path folder;

    private static Instance first;
    private static Instance second;

    @BeforeAll
    static void start() {
        String url = TestPostgres.database().jdbcUrl("ingest");
        first = instance(url, "first");
        first.quicken();
        second = instance(url, "second");
        second.awaitReady();
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    @Test
    void sealEachCountOnceAndTheSameWindowAlikeAlthoughOneIsKilled() {
        second.client().declare("instances-same");
        second.client().sendRecords("instances-same", 0, 120);
        Answer before = seal(first.client(), "instances-same", "{\"rule\":\"last\",\"records\":90}", "before");
        second.client().declare("instances-counted");
        second.client().put("/v1/datasets/instances-counted/sealing", "{\"everyRecords\":200}");
        for (int batch = 0; batch < 24; batch++) {
            int from = batch * 50;
            assertThat(second.client().sendRecords("instances-counted", from, from + 50).status()).isEqualTo(202);
            if (batch == 8) {
                first.kill();
                first.start();
            }
        }
        await().atMost(SOON).until(() -> !versions("instances-counted").isEmpty());
        // The last records fill no file, and no count waits for them.
        seal(second.client(), "instances-counted", "{\"rule\":\"all\"}", "rest");
        assertThat(committed("instances-counted")).isEqualTo(1_200);
        await().atMost(SOON).until(() -> sealing("instances-counted").path("newRecords").asInt() < 200);

        assertThat(versions("instances-counted")).extracting(version -> version.path("requestId").asString()).doesNotHaveDuplicates();
        List<JsonNode> versions = versions("instances-counted").stream().filter(version -> version.path("trigger").asString().equals("COUNT")).toList();
        assertThat(versions).hasSizeBetween(1, 6);
        for (int i = 1; i < versions.size(); i++) {
            assertThat(versions.get(i).path("records").asInt() - versions.get(i - 1).path("records").asInt()).isGreaterThanOrEqualTo(200);
        }
        first.awaitReady();
        seal(second.client(), "instances-same", "{\"rule\":\"all\"}", "between");
        assertSameContent(before, seal(first.client(), "instances-same", "{\"rule\":\"last\",\"records\":90}", "after"));
    }

    /** Four times: amid the body, and around the moment at which its records are committed. */
    @Test
    void takeARequestOnceThatAKillCutOffAndItsClientRepeats() throws Exception {
        String path = "/v1/datasets/instances-keyed/records";
        second.client().declare("instances-keyed");
        int sent = 0;
        for (int request = 0; request < 4; request++) {
            first.awaitReady();
            byte[] body = lines(sent, sent += 40);
            if (request % 2 == 0) {
                cutOff(path, body, "request-" + request);
            } else {
                cutOffAround(path, body, "request-" + request, Duration.ofMillis(15L * request));
            }
            IngestClient client = request < 2 ? second.client() : first.client();
            first.start();
            String key = "request-" + request;
            await().atMost(SOON.multipliedBy(2)).ignoreException(UncheckedIOException.class).until(() -> client.post(path, body,
                    "Content-Type", "application/x-ndjson", "Idempotency-Key", key).status() == 202);
        }

        assertThat(seal(second.client(), "instances-keyed", "{\"rule\":\"all\"}", "keyed").body().path("records").asInt()).isEqualTo(sent);
        DatasetManifest manifest = second.client().manifest("datasets/instances-keyed/versions/1/manifest.json");
        List<Object> ids = new ArrayList<>();
        manifest.splits().keySet().forEach(split -> second.client().records(manifest, split).forEach(
                record -> ids.add(((Feature.Bytes) record.feature("id")).text(0))));
        assertThat(ids).containsExactlyInAnyOrderElementsOf(IntStream.range(0, sent).mapToObj(n -> "r" + n).toList());
    }

    /** Half of the body has been published when the instance is killed. */
    private static void cutOff(String path, byte[] body, String key) throws IOException {
        long before = written("instances-keyed");
        HttpURLConnection connection = (HttpURLConnection) first.client().uri(path).toURL().openConnection();
        connection.setDoOutput(true);
        connection.setChunkedStreamingMode(body.length);
        connection.setRequestProperty("Content-Type", "application/x-ndjson");
        connection.setRequestProperty("Idempotency-Key", key);
        OutputStream out = connection.getOutputStream();
        out.write(body, 0, body.length / 2);
        out.flush();
        await().atMost(SOON).until(() -> written("instances-keyed") > before);
        first.kill();
        connection.disconnect();
    }

    /** The instance is killed a moment after it was sent the body, whatever it is about then. */
    private static void cutOffAround(String path, byte[] body, String key, Duration after) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.sendAsync(HttpRequest.newBuilder(first.client().uri(path)).header("Content-Type", "application/x-ndjson")
                    .header("Idempotency-Key", key).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), BodyHandlers.discarding());
            World.goOnFor(after);
            first.kill();
        }
    }

    /** Offsets of the dataset's topic that are taken, also by transactions that are open. */
    private static long written(String dataset) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestKafka.shared().bootstrap()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(new TopicPartition(Topics.records(dataset), 0))).values().stream().mapToLong(end -> end).sum();
        }
    }

    private static byte[] lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(IngestClient::record).collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
    }

    private static void assertSameContent(Answer before, Answer after) {
        assertThat(after.body().path("version").asInt()).isEqualTo(3);
        assertThat(after.body().path("contentHash")).isEqualTo(before.body().path("contentHash"));
        assertThat(after.body().path("splits")).isEqualTo(before.body().path("splits"));
    }

    @Test
    void letADownloadEndThatBeganBeforeItsFileWasRemoved() throws Exception {
        IngestClient client = second.client();
        client.put("/v1/datasets/instances-large", LargeRecords.DECLARATION);
        for (int batch = 0; batch < 4; batch++) {
            LargeRecords.send(client, "instances-large", batch * 25, batch * 25 + 25);
        }
        assertThat(seal(client, "instances-large", "{\"rule\":\"all\"}", "instances-large").body().path("records").asInt()).isEqualTo(100);
        JsonNode link = client.get("/v1/datasets/instances-large/versions/1/files").body().path("files").get(0);
        Path file = folder.resolve("storage").resolve(client.get("/v1/datasets/instances-large/versions/1/lineage").body()
                .at("/splits/train/partitions/0/files/0/path").asString());
        assertThat(link.path("bytes").asLong()).as("more than the buffers between the two").isGreaterThan(25_000_000);

        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = http.send(HttpRequest.newBuilder(client.uri(link.path("url").asString())).build(), BodyHandlers.ofInputStream());
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(answer.body(), sha256)) {
                long read = in.readNBytes(100_000).length;
                LargeRecords.send(client, "instances-large", 100, 105);
                seal(client, "instances-large", "{\"rule\":\"last\",\"records\":3}", "small");
                client.put("/v1/datasets/instances-large/retention", "{\"keepVersions\":1,\"maxAge\":\"PT1S\"}");
                await().atMost(SOON).until(() -> Files.notExists(file));

                read += in.transferTo(OutputStream.nullOutputStream());

                assertThat(read).isEqualTo(link.path("bytes").asLong());
            }
            assertThat(HexFormat.of().formatHex(sha256.digest())).isEqualTo(link.path("sha256").asString());
        }
        assertThat(client.get(link.path("url").asString()).status()).isEqualTo(410);
    }

    @Test
    void keepFilesOfAPinnedVersionThroughRetentionAndSweeping() {
        IngestClient client = second.client();
        client.declare("instances-pinned");
        client.sendRecords("instances-pinned", 0, 50);
        seal(client, "instances-pinned", "{\"rule\":\"all\"}", "old");
        client.put("/v1/datasets/instances-pinned/versions/1/pins/reader", "{\"for\":\"PT1H\"}");
        client.sendRecords("instances-pinned", 50, 60);
        seal(client, "instances-pinned", "{\"rule\":\"last\",\"records\":2}", "middle");
        seal(client, "instances-pinned", "{\"rule\":\"last\",\"records\":3}", "new");

        client.put("/v1/datasets/instances-pinned/retention", "{\"keepVersions\":1,\"maxAge\":\"PT1S\"}");
        await().atMost(SOON).until(() -> client.get("/v1/datasets/instances-pinned/versions/2/files").status() == 410);

        assertThat(client.records(client.manifest("datasets/instances-pinned/versions/1/manifest.json"), "train")).hasSize(40);
    }

    /** While a killed instance's partitions are handed over, sealing may have to wait. */
    private static Answer seal(IngestClient client, String dataset, String window, String id) {
        Answer sealed = await().atMost(SOON).until(() -> client.seal(dataset, window, id), answer -> answer.status() != 503);
        assertThat(sealed.status()).as(sealed.raw().body()).isBetween(200, 201);
        return sealed;
    }

    private static JsonNode sealing(String dataset) {
        return second.client().get("/v1/datasets/" + dataset + "/sealing").body();
    }

    private static int committed(String dataset) {
        return second.client().get("/v1/datasets/" + dataset).body().at("/records/committed").asInt();
    }

    private static List<JsonNode> versions(String dataset) {
        return second.client().get("/v1/datasets/" + dataset + "/versions").body().path("versions").valueStream().toList();
    }

    private static Instance instance(String url, String name) {
        return Instance.overFolder(folder.resolve(name + ".log"), TestKafka.shared().bootstrap(), url, folder.resolve("storage"), settings(name));
    }

    private static Map<String, String> settings(String instance) {
        Map<String, String> settings = new HashMap<>();
        settings.put("tideline.ingest.dataset.partitions", "1");
        settings.put("tideline.ingest.dataset.refresh", "100ms");
        settings.put("tideline.ingest.sealing.every", "100ms");
        settings.put("tideline.ingest.sealing.lease", "5s");
        // A turn fails while the partitions of a killed instance have no writer.
        settings.put("tideline.ingest.sealing.retry", "1s");
        settings.put("tideline.ingest.shard.group", "instances");
        settings.put("tideline.ingest.intake.transaction-timeout", "3s");
        settings.put("tideline.ingest.shard.instance", instance);
        settings.put("tideline.ingest.shard.flush-poll", "50ms");
        settings.put("tideline.ingest.shard.max-records", "150");
        settings.put("tideline.ingest.shard.orphan-age", "1s");
        settings.put("tideline.ingest.shard.sweep-every", "300ms");
        settings.put("tideline.ingest.retention.every", "300ms");
        settings.put("tideline.ingest.retention.grace", "1ms");
        return settings;
    }
}
