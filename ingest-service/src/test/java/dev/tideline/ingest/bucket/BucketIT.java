package dev.tideline.ingest.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.testing.TestS3;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** From records to downloads in a bucket, beside the same in a folder. */
class BucketIT extends ServiceTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static BucketService service;

    private final IngestClient bucket = service.client();

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        service = new BucketService("bucket");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"rule\":\"all\"}", "{\"rule\":\"last\",\"records\":123}"})
    void sameRecordsGiveTheSameVersionAsInAFolder(String window) throws IOException {
        String name = "v" + Integer.toUnsignedString(window.hashCode());
        seal(ingest, "folder-" + name, window);
        seal(bucket, "bucket-" + name, window);

        JsonNode inFolder = ingest.get("/v1/datasets/folder-" + name + "/versions/1").body();
        JsonNode inBucket = bucket.get("/v1/datasets/bucket-" + name + "/versions/1").body();

        assertThat(inBucket.path("contentHash").asString()).isNotEmpty().isEqualTo(inFolder.path("contentHash").asString());
        assertThat(bucket.get("/v1/datasets/bucket-" + name + "/versions/1/statistics").raw().body())
                .isEqualTo(ingest.get("/v1/datasets/folder-" + name + "/versions/1/statistics").raw().body());
        assertThat(service.storage().read(inBucket.path("manifest").asString())).asString(StandardCharsets.UTF_8)
                .contains(inBucket.path("contentHash").asString());
    }

    @Test
    void handsOutWholeFilesAndRanges() throws Exception {
        seal(bucket, "files", "{\"rule\":\"last\",\"records\":250}");
        List<String> ids = new ArrayList<>();
        for (JsonNode link : bucket.get("/v1/datasets/files/versions/1/files").body().path("files")) {
            byte[] whole = download(link.path("url").asString()).body();
            assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(whole))).isEqualTo(link.path("sha256").asString());
            IngestClient.read(Files.write(folder.resolve(link.path("sha256").asString()), whole)).forEach(
                    example -> ids.add(example.feature("id").toString()));

            HttpResponse<byte[]> part = download(link.path("url").asString(), "Range", "bytes=100-199");

            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 100-199/" + whole.length);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 100, 200));
            assertThat(download(link.path("url").asString(), "If-None-Match", part.headers().firstValue("ETag").orElseThrow()).statusCode())
                    .isEqualTo(304);
        }
        assertThat(ids).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void givesUpWhatRetentionDropsAndKeepsWhatAVersionNeeds() throws IOException {
        seal(bucket, "old", "{\"rule\":\"last\",\"records\":100}");
        List<String> before = objects("old");
        bucket.sendRecords("old", 500, 600);
        await().atMost(LONG).until(() -> bucket.seal("old", "{\"rule\":\"last\",\"records\":50}", "2").status() == 201);
        List<String> newer = objects("old").stream().filter(key -> !before.contains(key)).toList();

        bucket.put("/v1/datasets/old/retention", "{\"keepVersions\":1,\"maxAge\":\"PT1S\"}");

        await().atMost(LONG).untilAsserted(() -> assertThat(objects("old")).isNotEmpty().isSubsetOf(newer));
        assertThat(bucket.get("/v1/datasets/old/versions/1/files").status()).isEqualTo(410);
        int records = 0;
        for (JsonNode link : bucket.get("/v1/datasets/old/versions/2/files").body().path("files")) {
            records += IngestClient.read(Files.write(folder.resolve(link.path("name").asString()), download(link.path("url").asString()).body())).size();
        }
        assertThat(records).isEqualTo(50);
    }

    @Test
    void sweepsWhatNoCommitKnows() throws IOException {
        seal(bucket, "swept", "{\"rule\":\"all\"}");
        List<String> committed = objects("swept");
        String orphan = "datasets/swept/shards/swept-0-900-999-0a1b2c3d.tfrecord";
        service.storage().write(orphan, new byte[100]);

        await().atMost(LONG).untilAsserted(() -> assertThat(objects("swept")).containsExactlyInAnyOrderElementsOf(committed));
    }

    @Test
    void leavesNothingOnThisMachineOnceItIsUp() throws IOException {
        seal(bucket, "tidy", "{\"rule\":\"all\"}");

        assertThat(filesIn(service.drafts())).noneMatch(file -> file.toString().contains("datasets/tidy/"));
    }

    @Test
    void takesRecordsWhileTheBucketIsAwayAndCommitsThemOnceAfterwards() throws IOException {
        bucket.declare("away");
        assertThat(bucket.sendRecords("away", 0, 100).status()).isEqualTo(202);
        TestS3.shared().stop();
        try {
            for (int from = 100; from < 1_000; from += 100) {
                assertThat(bucket.sendRecords("away", from, from + 100).status()).isEqualTo(202);
            }
            Answer refused = bucket.seal("away", "{\"rule\":\"all\"}", "1");
            assertThat(refused.status()).as(refused.raw().body()).isEqualTo(503);
            JsonNode health = bucket.get("/actuator/health").body().path("components");
            assertThat(health.path("storage").path("status").asString()).isEqualTo("DOWN");
            assertThat(health.path("shardPartitions").path("details").toString()).contains("a file waits for the storage: s3://");
            assertThat(bucket.get("/actuator/health/readiness").status()).as("records are taken").isEqualTo(200);
        } finally {
            TestS3.shared().start();
        }

        Answer sealed = await().atMost(LONG).until(
                () -> bucket.seal("away", "{\"rule\":\"all\"}", "1"), answer -> answer.status() == 201);

        assertThat(sealed.body().path("records").asInt()).isEqualTo(1_000);
        List<String> ids = new ArrayList<>();
        for (JsonNode link : bucket.get("/v1/datasets/away/versions/1/files").body().path("files")) {
            Path file = Files.write(folder.resolve(link.path("name").asString()), download(link.path("url").asString()).body());
            IngestClient.read(file).forEach(example -> ids.add(example.feature("id").toString()));
        }
        assertThat(ids).hasSize(1_000).doesNotHaveDuplicates();
        await().atMost(Duration.ofSeconds(20)).until(
                () -> bucket.get("/actuator/health").body().path("components").path("shardPartitions").path("status").asString().equals("UP"));
    }

    @Test
    void saysThatTheBucketIsAwayWhereAFileIsAskedFor() {
        seal(bucket, "asked", "{\"rule\":\"all\"}");
        String url = bucket.get("/v1/datasets/asked/versions/1/files").body().path("files").get(0).path("url").asString();
        TestS3.shared().stop();
        Answer answer;
        try {
            answer = bucket.get(url);
        } finally {
            TestS3.shared().start();
        }

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().path("code").asString()).isEqualTo("STORAGE_UNAVAILABLE");
        assertThat(answer.raw().headers().firstValue("Retry-After")).isPresent();
    }

    private static List<String> objects(String dataset) throws IOException {
        List<String> objects = new ArrayList<>();
        service.storage().list("datasets/" + dataset + "/shards/", file -> objects.add(file.key()));
        return objects;
    }

    private static void seal(IngestClient client, String dataset, String window) {
        client.declare(dataset);
        assertThat(client.sendRecords(dataset, 0, 500).status()).isEqualTo(202);
        Answer sealed = await().atMost(LONG).until(() -> client.seal(dataset, window, "1"), answer -> answer.status() != 503);
        assertThat(sealed.status()).as(sealed.raw().body()).isEqualTo(201);
    }

    private HttpResponse<byte[]> download(String url, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(bucket.uri(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
