package dev.tideline.ingest.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The way out of a version: its files, its lineage and the page that draws it. */
class FilesIT extends ServiceTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void seal() {
        if (ingest.declare("out").status() == 201) {
            ingest.sendRecords("out", 0, 100);
            ingest.seal("out", "{\"rule\":\"all\"}", "1");
        }
    }

    @Test
    void handsOutFilesThatHoldTheRecordsOfTheVersion() throws Exception {
        int train = 0;
        for (JsonNode link : ingest.get("/v1/datasets/out/versions/1/files").body().path("files")) {
            byte[] bytes = download(link.path("url").asString()).body();
            assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))).isEqualTo(link.path("sha256").asString());
            Path file = Files.write(folder.resolve(link.path("sha256").asString()), bytes);
            assertThat(IngestClient.read(file).size()).isGreaterThanOrEqualTo(link.path("skip").asInt() + link.path("take").asInt());
            train += link.path("split").asString().equals("train") ? link.path("take").asInt() : 0;
        }

        assertThat(train).isEqualTo(80);
    }

    @Test
    void handsOutARangeOfAFile() throws Exception {
        String url = ingest.get("/v1/datasets/out/versions/1/files").body().path("files").get(0).path("url").asString();
        byte[] whole = download(url).body();

        HttpResponse<byte[]> part = download(url, "Range", "bytes=10-19");

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 10-19/" + whole.length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 10, 20));
    }

    @Test
    void sendsNothingAgainThatTheClientHas() throws Exception {
        JsonNode link = ingest.get("/v1/datasets/out/versions/1/files").body().path("files").get(0);

        assertThat(download(link.path("url").asString(), "If-None-Match", "\"" + link.path("sha256").asString() + "\"").statusCode()).isEqualTo(304);
    }

    @Test
    void namesAFileThatIsNotOfTheVersion() {
        Answer answer = ingest.get("/v1/datasets/out/versions/1/files/train/99");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("detail").asString()).isEqualTo(
                "file: train/99 of version 1 of dataset out (expected: one of GET /v1/datasets/out/versions/1/files)");
    }

    @Test
    void tellsWhichOffsetsAVersionCameFrom() {
        JsonNode lineage = ingest.get("/v1/datasets/out/versions/1/lineage").body();

        assertThat(lineage.path("topic").asString()).isEqualTo("tideline.records.out");
        long offsets = lineage.path("partitions").valueStream()
                .mapToLong(partition -> partition.path("last").asLong() - partition.path("first").asLong() + 1).sum();
        assertThat(offsets).isEqualTo(100);
    }

    @Test
    void drawsTheStatisticsAsAPageWithoutOutsideParts() {
        Answer page = ingest.get("/v1/datasets/out/versions/1/statistics.html");

        assertThat(page.raw().headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.raw().headers().firstValue("Content-Security-Policy")).hasValue("default-src 'none'; style-src 'unsafe-inline'");
        assertThat(page.raw().body()).contains("<h1>out version 1</h1>", "aria-label=\"histogram from ", "most frequent values", "80 records")
                .doesNotContain("<script", "http://", "https://");
    }

    private HttpResponse<byte[]> download(String url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(ingest.uri(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        }
    }
}
