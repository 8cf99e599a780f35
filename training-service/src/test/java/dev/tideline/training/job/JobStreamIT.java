package dev.tideline.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.training.support.ServiceTest;
import dev.tideline.training.support.Trips;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Following a job over HTTP. */
class JobStreamIT extends ServiceTest {

    private record Streamed(int statusCode, List<String> body) {}

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void eventsAreStreamedUntilTheJobEndsAndCanBeResumed() throws Exception {
        INGEST.seal("streamed", Trips.schema(), Trips.examples(2_000, 1, 1), Trips.examples(200, 2, 1));
        declare("streamed", "streamed", 10, "");
        var job = submit("streamed");

        var all = stream(job, null).body();

        assertThat(states(all)).containsExactly("QUEUED", "PREPARING", "TRAINING", "EVALUATING", "PUBLISHING", "PROMOTED");
        assertThat(all).filteredOn(line -> line.startsWith("event:progress")).isNotEmpty();
        var ids = all.stream().filter(line -> line.startsWith("id:")).map(line -> line.substring(3).strip()).toList();
        assertThat(ids).isSortedAccordingTo((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b))).doesNotHaveDuplicates();
        var rest = stream(job, ids.get(1)).body();
        assertThat(rest.stream().filter(line -> line.startsWith("id:")).map(line -> line.substring(3).strip()).toList())
            .isEqualTo(ids.subList(2, ids.size()));
        assertThat(stream(job, ids.getLast()).statusCode()).isEqualTo(204);
    }

    @Test
    void aStreamOfAnUnknownJobIsRefused() throws Exception {
        assertThat(stream("nobody", null).statusCode()).isEqualTo(404);
    }

    @Test
    void aForeignEventIdIsRefused() throws Exception {
        INGEST.declare("foreign", Trips.schema());
        declare("foreign", "foreign", 1, "");
        var job = submit("foreign");

        var answer = stream(job, "abc");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(String.join("", answer.body())).contains("Last-Event-ID: abc (expected: the id of an event of this stream)");
        finished(job);
    }

    @Test
    void theLogOfAJobCanBeRead() throws Exception {
        var file = INGEST.seal("logged", Trips.schema(), Trips.examples(500, 1, 1), Trips.examples(100, 2, 1));
        declare("logged", "logged", 1, "");
        Files.delete(file);
        var job = submit("logged");
        var failed = finished(job);

        var log = http.send(HttpRequest.newBuilder(uri("/v1/jobs/" + job + "/log?bytes=5000")).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(failed.get("message").stringValue()).startsWith("MISSING_SHARD: shard: datasets/logged/shards/");
        assertThat(log.statusCode()).isEqualTo(200);
        assertThat(log.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
        assertThat(log.body()).contains("is not there (expected: a file below the storage root)").hasSizeLessThanOrEqualTo(5_000);
        assertThat(get("/v1/jobs/" + job + "/log?bytes=0").body().get("detail").stringValue())
            .isEqualTo("bytes: 0 (expected: 1 to 1048576)");
    }

    @Test
    void prioritiesAndWorkersAreChecked() {
        INGEST.declare("checked", Trips.schema());
        declare("checked", "checked", 1, "");

        assertThat(post("/v1/models/checked/jobs", "{\"priority\":101}").body().get("detail").stringValue())
            .isEqualTo("priority: 101 (expected: -100 to 100)");
        assertThat(post("/v1/models/checked/jobs", "{\"workers\":0}").body().get("detail").stringValue())
            .isEqualTo("workers: 0 (expected: 1 to 64)");
    }

    private Streamed stream(String job, @Nullable String last) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri("/v1/jobs/" + job + "/events")).timeout(Duration.ofSeconds(60))
            .header("accept", "text/event-stream");
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Streamed(answer.statusCode(), answer.body().lines().toList());
    }

    private static List<String> states(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("data:") && !line.contains("\"step\":null")).map(line -> line.replaceAll(
            ".*\"state\":\"(\\w+)\".*", "$1")).distinct().toList();
    }
}
