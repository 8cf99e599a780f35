package dev.tideline.ingest.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.DatasetManifest;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.tfrecord.Compression;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.TfRecordReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The way out of a version: files of exactly its records, over HTTP as clients of all kinds ask for them. */
class FilesIT extends ServiceTest {

    private static final String FILES = "/v1/datasets/out/versions/1/files";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Versions versions;

    FilesIT(Versions versions) {
        this.versions = versions;
    }

    @BeforeEach
    void seal() {
        if (ingest.declare("out").status() == 201) {
            ingest.sendRecords("out", 0, 60);
            ingest.seal("out", "{\"rule\":\"last\",\"records\":10}", "earlier");
            ingest.sendRecords("out", 60, 160);
            ingest.seal("out", "{\"rule\":\"last\",\"records\":130}", "1");
        }
    }

    @AfterEach
    void close() {
        http.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "evaluation"})
    void handsOutFilesOfExactlyTheRecordsOfASplit(String split) throws Exception {
        DatasetManifest manifest = ingest.manifest("datasets/out/versions/2/manifest.json");
        List<Example> downloaded = new ArrayList<>();
        for (JsonNode link : links(2)) {
            if (link.path("split").asString().equals(split)) {
                List<Example> records = IngestClient.read(file(link, get(link.path("url").asString()).body()));
                assertThat(records).hasSize(link.path("records").asInt());
                downloaded.addAll(records);
            }
        }

        assertThat(downloaded).hasSize(split.equals("train") ? 104 : 26).isEqualTo(ingest.records(manifest, split));
    }

    @Test
    void cutsFilesWhereTheVersionDoes() throws Exception {
        assertThat(ingest.manifest("datasets/out/versions/2/manifest.json").splits().values().stream()
                .flatMap(split -> split.slices().stream()).filter(slice -> slice.skip() > 0)).as("slices that begin within a file").isNotEmpty();
        for (JsonNode link : links(2)) {
            byte[] bytes = get(link.path("url").asString()).body();
            assertThat(bytes).hasSize(link.path("bytes").asInt());
            assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))).isEqualTo(link.path("sha256").asString());
        }
    }

    @Test
    void givesFilesThatCanBePutTogether() throws Exception {
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        for (JsonNode link : links(2)) {
            together.write(get(link.path("url").asString()).body());
        }

        assertThat(IngestClient.read(Files.write(folder.resolve("together.tfrecord"), together.toByteArray()))).hasSize(130);
    }

    @Test
    void namesFilesForTheDiskOfWhoeverDownloadsThem() throws Exception {
        JsonNode link = links(2).get(0);

        assertThat(link.path("name").asString()).isEqualTo("out-v2-evaluation-00000.tfrecord");
        assertThat(get(link.path("url").asString()).headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"out-v2-evaluation-00000.tfrecord\"");
    }

    @Test
    void tellsSizeAndHashWithoutTheBody() throws Exception {
        JsonNode link = links(2).get(0);
        HttpResponse<byte[]> head = send(HttpRequest.newBuilder(ingest.uri(link.path("url").asString())).HEAD());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(link.path("bytes").asLong());
        assertThat(head.headers().firstValue("ETag")).hasValue("\"" + link.path("sha256").asString() + "\"");
        assertThat(head.headers().firstValue("Accept-Ranges")).hasValue("bytes");
    }

    @ParameterizedTest
    @CsvSource({"bytes=10-19,10,20", "bytes=0-0,0,1", "bytes=100-,100,-1", "bytes=-7,-7,-1", "bytes=5-99999999,5,-1"})
    void handsOutARangeOfAFile(String range, int from, int to) throws Exception {
        String url = cutFile();
        byte[] whole = get(url).body();
        int first = from < 0 ? whole.length + from : from;
        int end = to < 0 ? whole.length : to;

        HttpResponse<byte[]> part = get(url, "Range", range);

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes " + first + "-" + (end - 1) + "/" + whole.length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, first, end));
    }

    @Test
    void handsOutSeveralRangesAtOnce() throws Exception {
        String url = cutFile();
        byte[] whole = get(url).body();

        HttpResponse<byte[]> parts = get(url, "Range", "bytes=0-11,40-59");

        assertThat(parts.statusCode()).isEqualTo(206);
        assertThat(parts.headers().firstValue("Content-Type").orElse("")).startsWith("multipart/byteranges; boundary=");
        String body = new String(parts.body(), StandardCharsets.ISO_8859_1);
        assertThat(body).contains("Content-Range: bytes 0-11/" + whole.length, "Content-Range: bytes 40-59/" + whole.length,
                new String(whole, 0, 12, StandardCharsets.ISO_8859_1), new String(whole, 40, 20, StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=99999999-", "bytes=9-3", "bytes=x-"})
    void refusesARangeThatIsNone(String range) throws Exception {
        String url = cutFile();
        HttpResponse<byte[]> refused = get(url, "Range", range);

        assertThat(refused.statusCode()).isEqualTo(416);
        assertThat(refused.headers().firstValue("Content-Range")).hasValue("bytes */" + get(url).body().length);
    }

    @Test
    void resumesADownloadThatBrokeOff() throws Exception {
        JsonNode link = links(2).get(0);
        byte[] whole = get(link.path("url").asString()).body();
        byte[] begun = Arrays.copyOf(whole, whole.length / 3);

        HttpResponse<byte[]> rest = get(link.path("url").asString(), "Range", "bytes=" + begun.length + "-");

        ByteArrayOutputStream together = new ByteArrayOutputStream();
        together.write(begun);
        together.write(rest.body());
        assertThat(IngestClient.read(file(link, together.toByteArray()))).hasSize(link.path("records").asInt());
    }

    @Test
    void sendsTheWholeFileWhenARangeIsOfOtherContent() throws Exception {
        JsonNode link = links(2).get(0);
        String url = link.path("url").asString();

        HttpResponse<byte[]> whole = get(url, "Range", "bytes=10-19", "If-Range", "\"other\"");
        HttpResponse<byte[]> part = get(url, "Range", "bytes=10-19", "If-Range", "\"" + link.path("sha256").asString() + "\"");

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(get(url).body());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 10, 20));
    }

    @Test
    void sendsNothingAgainThatTheClientHas() throws Exception {
        JsonNode link = links(2).get(0);
        String tag = "\"" + link.path("sha256").asString() + "\"";

        HttpResponse<byte[]> same = get(link.path("url").asString(), "If-None-Match", "\"other\", " + tag);

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(get(link.path("url").asString(), "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(ingest.uri(link.path("url").asString())).header("If-None-Match", tag).HEAD()).statusCode()).isEqualTo(304);
    }

    @Test
    void packsAFileOnTheWay() throws Exception {
        JsonNode link = links(2).get(0);
        HttpResponse<byte[]> packed = get(link.path("url").asString() + "?compression=gzip");
        Path file = Files.write(folder.resolve("packed"), packed.body());

        assertThat(packed.headers().firstValue("Content-Type")).hasValue("application/gzip");
        assertThat(packed.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"out-v2-evaluation-00000.tfrecord.gz\"");
        assertThat(packed.body().length).isLessThan(link.path("bytes").asInt());
        int records = 0;
        try (TfRecordReader reader = TfRecordReader.open(file, Compression.GZIP)) {
            while (reader.next() != null) {
                records++;
            }
        }
        assertThat(records).isEqualTo(link.path("records").asInt());
    }

    @Test
    void packsInOneWayOnly() {
        Answer answer = ingest.get("/v1/datasets/out/versions/2/files/train/0?compression=zip");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("detail").asString()).isEqualTo("compression: zip (expected: gzip, or none)");
    }

    @ParameterizedTest
    @CsvSource({"train/99", "test/0", "train/-1"})
    void namesAFileThatIsNotOfTheVersion(String file) {
        Answer answer = ingest.get(FILES + "/" + file);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("detail").asString()).isEqualTo(
                "file: " + file + " of version 1 of dataset out (expected: one of GET /v1/datasets/out/versions/1/files)");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/datasets/out/versions/99/files, UNKNOWN_VERSION", "/v1/datasets/out/versions/99/files/train/0, UNKNOWN_VERSION",
        "/v1/datasets/nowhere/versions/1/files, UNKNOWN_DATASET"
    })
    void saysWhatIsNotThere(String path, String code) {
        Answer answer = ingest.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("code").asString()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/files", "/files/train/0", "/files/train/0?compression=gzip", "/lineage", "/statistics", "/statistics.html"})
    void saysThatAVersionWasGivenUp(String path) {
        if (ingest.declare("given-up").status() == 201) {
            ingest.sendRecords("given-up", 0, 10);
            ingest.seal("given-up", "{\"rule\":\"all\"}", "1");
            versions.retire("given-up", 1);
        }
        Answer answer = ingest.get("/v1/datasets/given-up/versions/1" + path);

        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.body().path("code").asString()).isEqualTo("RETIRED_VERSION");
    }

    @Test
    void drawsTheStatisticsAsAPageThatNeedsNothingElse() {
        Answer page = ingest.get("/v1/datasets/out/versions/2/statistics.html");

        assertThat(page.raw().headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.raw().headers().firstValue("Content-Security-Policy").orElse("")).startsWith("default-src 'none'; style-src 'sha256-");
        assertThat(page.raw().body()).contains("<title>out version 2 statistics</title>", "aria-label=\"Histogram of x from ", "104 train");
    }

    @Test
    void readsAWholeFileOnceForItsHash() throws Exception {
        Path file = wholeFile("whole");
        String before = ingest.get("/v1/datasets/whole/versions/1/files").raw().body();
        byte[] bytes = Files.readAllBytes(file);
        assertThat(before).contains(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));

        damage(file);

        assertThat(ingest.get("/v1/datasets/whole/versions/1/files").raw().body()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/train/0"})
    void doesNotVouchForAFileThatWasDamagedBefore(String part) throws Exception {
        Path file = wholeFile("damaged");
        damage(file);

        Answer answer = ingest.get("/v1/datasets/damaged/versions/1/files" + part);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body().path("code").asString()).isEqualTo("UNREADABLE_SHARD");
    }

    /** The first file of a new dataset whose version 1 takes all of it. */
    private Path wholeFile(String dataset) {
        ingest.put("/v1/datasets/" + dataset, "{\"schema\":" + IngestClient.SCHEMA + ",\"split\":{\"by\":\"TIME\",\"evaluation\":0}}");
        ingest.sendRecords(dataset, 0, 10);
        ingest.seal(dataset, "{\"rule\":\"all\"}", "1");
        return storage().resolve(ingest.manifest("datasets/" + dataset + "/versions/1/manifest.json").splits().get("train").slices().getFirst().path());
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
    }

    /** A file of version 2 that begins within its shard file. */
    private String cutFile() {
        return links(2).stream().filter(link -> link.path("split").asString().equals("evaluation")).findFirst().orElseThrow().path("url").asString();
    }

    private List<JsonNode> links(int version) {
        return ingest.get("/v1/datasets/out/versions/" + version + "/files").body().path("files").valueStream().toList();
    }

    private Path file(JsonNode link, byte[] content) throws IOException {
        return Files.write(folder.resolve(link.path("name").asString()), content);
    }

    private HttpResponse<byte[]> get(String url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(ingest.uri(url));
        return send(headers.length > 0 ? request.headers(headers) : request);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }
}
