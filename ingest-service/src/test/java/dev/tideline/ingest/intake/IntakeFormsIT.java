package dev.tideline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form that a body of records may have. */
class IntakeFormsIT extends ServiceTest {

    @TempDir
    private Path folder;

    @Test
    void takesAJsonArray() {
        ingest.declare("form-json");
        Answer answer = ingest.post(records("form-json"), "application/json",
                "[" + IngestClient.record(1) + "," + IngestClient.record(2) + "]");

        assertThat(answer.body().path("accepted").asInt()).as(answer.raw().body()).isEqualTo(2);
        assertThat(ingest.sealedRecords("form-json", "1")).hasSize(2);
    }

    @Test
    void takesCsvWhoseHeaderNamesFeatures() {
        ingest.declare("form-csv");
        Answer answer = ingest.post(records("form-csv"), "text/csv;charset=utf-8", """
                y,x,at,id
                1,1.5,1000,a
                0,oops,2000,b
                1,2.5,3000
                0,-2.5,4000,"c, d"
                """);

        assertThat(answer.body().path("accepted").asInt()).as(answer.raw().body()).isEqualTo(2);
        assertThat(answer.body().path("rejected").valueStream().map(r -> r.path("line").asInt() + " " + r.path("code").asString()))
                .containsExactly("3 WRONG_KIND", "4 MALFORMED_CSV");
        assertThat(ingest.sealedRecords("form-csv", "1")).extracting(record -> ((Feature.Bytes) record.feature("id")).text(0))
                .containsExactlyInAnyOrder("a", "c, d");
    }

    @Test
    void takesASingleExample() {
        ingest.declare("form-example");
        byte[] example = example("a", 1.5f);

        Answer answer = ingest.post(records("form-example"), example, "Content-Type", "application/x-tf-example");

        assertThat(answer.body().path("accepted").asInt()).as(answer.raw().body()).isEqualTo(1);
        assertThat(ingest.sealedRecords("form-example", "1")).extracting(Example::encode).containsExactly(example);
    }

    @Test
    void takesATfRecordFile() throws IOException {
        ingest.declare("form-tfrecord");
        Answer answer = ingest.post(records("form-tfrecord"), tfrecord(example("a", 1), example("b", 5e9f), example("c", 3)),
                "Content-Type", "application/x-tfrecord");

        assertThat(answer.body().path("accepted").asInt()).as(answer.raw().body()).isEqualTo(2);
        assertThat(answer.body().path("rejected").get(0).path("line").asInt()).isEqualTo(2);
        assertThat(ingest.sealedRecords("form-tfrecord", "1")).hasSize(2);
    }

    @Test
    void saysWhereATfRecordFileIsDamaged() throws IOException {
        ingest.declare("form-damaged");
        byte[] file = tfrecord(example("a", 1), example("b", 2));
        Answer answer = ingest.post(records("form-damaged"), Arrays.copyOf(file, file.length - 3), "Content-Type", "application/x-tfrecord");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("code").asString()).isEqualTo("MALFORMED_TFRECORD");
        assertThat(answer.body().path("detail").asString()).startsWith("body at byte ")
                .endsWith("(expected: a TFRecord file; the 1 records before were read, and taken unless the request had an Idempotency-Key)");
    }

    @Test
    void takesGzip() throws IOException {
        ingest.declare("form-gzip");
        Answer answer = ingest.post(records("form-gzip"), gzip(IngestClient.record(1) + "\n" + IngestClient.record(2)),
                "Content-Type", "application/x-ndjson", "Content-Encoding", "gzip");

        assertThat(answer.body().path("accepted").asInt()).as(answer.raw().body()).isEqualTo(2);
    }

    @Test
    void refusesABodyThatIsNotGzippedThoughItSaysSo() {
        ingest.declare("form-gzip");
        Answer answer = ingest.post(records("form-gzip"), IngestClient.record(1).getBytes(StandardCharsets.UTF_8),
                "Content-Type", "application/x-ndjson", "Content-Encoding", "gzip");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("detail").asString())
                .isEqualTo("body: Not in GZIP format (expected: Content-Encoding gzip; the 0 records before were read, and taken unless the request had an Idempotency-Key)");
    }

    @Test
    void refusesAnUnknownEncoding() {
        ingest.declare("form-gzip");
        Answer answer = ingest.post(records("form-gzip"), new byte[] {1}, "Content-Type", "application/x-ndjson", "Content-Encoding", "zstd");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body().path("detail").asString()).isEqualTo("Content-Encoding: zstd (expected: identity or gzip)");
    }

    @Test
    void refusesCsvWithoutAHeader() {
        ingest.declare("form-csv");
        Answer answer = ingest.post(records("form-csv"), "text/csv", "a,a\n1,2\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("code").asString()).isEqualTo("MALFORMED_CSV");
    }

    private static String records(String dataset) {
        return "/v1/datasets/" + dataset + "/records";
    }

    private static byte[] example(String id, float x) {
        return Example.of(Map.of("id", Feature.text(id), "at", Feature.longs(1_000), "x", Feature.floats(x), "y", Feature.longs(1))).encode();
    }

    private byte[] tfrecord(byte[]... records) throws IOException {
        Path file = Files.createTempDirectory(folder, "file").resolve("upload.tfrecord");
        try (TfRecordWriter writer = TfRecordWriter.create(file)) {
            for (byte[] record : records) {
                writer.write(record);
            }
        }
        return Files.readAllBytes(file);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
