package dev.tideline.ingest.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.ingest.version.Versions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class RetentionIT extends ServiceTest {

    private final JdbcRetention retention;
    private final Versions versions;
    private final JdbcClient jdbc;

    RetentionIT(JdbcRetention retention, Versions versions, JdbcClient jdbc) {
        this.retention = retention;
        this.versions = versions;
        this.jdbc = jdbc;
    }

    @Test
    void neverDropsRecordsOfAVersionThatIsKept() {
        sealThree("in-use");
        apply("in-use", new RetentionPolicy(null, Duration.ofSeconds(1)));

        assertThat(ingest.get("/v1/datasets/in-use/versions/1/files").body().path("files")).isNotEmpty();
        assertThat(ingest.seal("in-use", "{\"rule\":\"all\"}", "again").body().path("records").asInt()).isEqualTo(30);
    }

    @Test
    void givesUpOldVersionsAndThenTheRecordsThatNobodyNeeds() {
        sealThree("worn");
        apply("worn", new RetentionPolicy(1, Duration.ofSeconds(1)));

        Answer retired = ingest.get("/v1/datasets/worn/versions/1");
        assertThat(retired.body().path("retiredAt").asString()).isNotEmpty();
        assertThat(retired.body().path("splits").path("train").asInt()).isEqualTo(8);
        Answer files = ingest.get("/v1/datasets/worn/versions/1/files");
        assertThat(files.status()).isEqualTo(410);
        assertThat(files.body().path("code").asString()).isEqualTo("RETIRED_VERSION");
        assertThat(ingest.get("/v1/datasets/worn/versions/3").body().path("records").asInt()).isEqualTo(5);
        assertThat(ingest.seal("worn", "{\"rule\":\"all\"}", "again").body().path("records").asInt()).isBetween(5, 29);
    }

    @Test
    void neverGivesUpAVersionThatIsPinned() {
        sealThree("pinned");
        ingest.put("/v1/datasets/pinned/versions/1/pins/reader:1", "{\"for\":\"P30D\",\"reason\":\"a notebook\"}");

        apply("pinned", new RetentionPolicy(1, Duration.ofSeconds(1)));

        assertThat(ingest.get("/v1/datasets/pinned/versions/1/files").status()).isEqualTo(200);
        assertThat(ingest.get("/v1/datasets/pinned/versions/2/files").status()).isEqualTo(410);
        assertThat(ingest.records(ingest.manifest("datasets/pinned/versions/1/manifest.json"), "train")).hasSize(8);
    }

    @Test
    void givesAVersionUpOnceItsPinsEnded() {
        sealThree("ended");
        ingest.put("/v1/datasets/ended/versions/1/pins/reader:1", "{\"for\":\"PT1H\"}");
        ingest.put("/v1/datasets/ended/versions/2/pins/reader:1", "{\"for\":\"P30D\"}");
        ingest.exchange(HttpRequest.newBuilder(ingest.uri("/v1/datasets/ended/versions/2/pins/reader:1")).DELETE());
        jdbc.sql("update dataset_version_pin set expires_at = now() - interval '1 second' where dataset = 'ended'").update();

        apply("ended", new RetentionPolicy(1, null));

        assertThat(ingest.get("/v1/datasets/ended/versions/1/files").status()).isEqualTo(410);
        assertThat(ingest.get("/v1/datasets/ended/versions/2/files").status()).isEqualTo(410);
    }

    @Test
    void letsEitherThePinOrTheRetirementWin() throws Exception {
        ingest.declare("contended");
        ingest.sendRecords("contended", 0, 10);
        try (ExecutorService hands = Executors.newFixedThreadPool(2)) {
            for (int i = 1; i <= 25; i++) {
                long version = ingest.seal("contended", "{\"rule\":\"all\"}", "v" + i).body().path("version").asLong();
                String pins = "/v1/datasets/contended/versions/" + version + "/pins/reader";
                Future<Integer> pinned = hands.submit(() -> ingest.put(pins, "{\"for\":\"PT1H\"}").status());
                Future<Boolean> retired = hands.submit(() -> versions.retire("contended", version));

                assertThat(pinned.get() == (retired.get() ? 410 : 200))
                        .as("version %s: retired %s, pin answered %s", version, retired.get(), pinned.get()).isTrue();
                assertThat(ingest.get("/v1/datasets/contended/versions/" + version + "/files").status()).isEqualTo(retired.get() ? 410 : 200);
            }
        }
    }

    @Test
    void tellsWithoutDoingItWhatWouldGoAndWhy() {
        sealThree("dry");
        jdbc.sql("update dataset_version set sealed_at = sealed_at - interval '2 days' where dataset = 'dry'").update();
        ingest.put("/v1/datasets/dry/versions/2/pins/reader:1", "{\"for\":\"P30D\",\"reason\":\"a notebook\"}");

        Answer plan = ingest.post("/v1/datasets/dry/retention/plan", "application/json", "{\"keepVersions\":1,\"maxAge\":\"PT1S\"}");

        assertThat(plan.status()).as(plan.raw().body()).isEqualTo(200);
        assertThat(plan.body().path("versions").valueStream().map(v -> v.path("version").asInt() + " " + v.path("retire").asBoolean()))
                .containsExactly("3 false", "2 false", "1 true");
        assertThat(plan.body().at("/versions/1/reason").asString()).startsWith("in use: reader:1, a notebook, until ");
        assertThat(plan.body().at("/shards/records").asInt()).isBetween(0, 10);
        assertThat(ingest.get("/v1/datasets/dry/versions/1/files").status()).isEqualTo(200);
        assertThat(ingest.get("/v1/datasets/dry/retention").raw().body()).isEqualTo("{}");
        assertThat(ingest.get("/v1/datasets/dry/retention/plan").body().at("/versions/2/reason").asString())
                .isEqualTo("the policy keeps all versions");
    }

    @Test
    void tellsWhichShardsNobodyWouldNeed() {
        sealThree("shards");
        jdbc.sql("update dataset_version set sealed_at = sealed_at - interval '2 days' where dataset = 'shards'").update();

        JsonNode plan = ingest.post("/v1/datasets/shards/retention/plan", "application/json", "{\"keepVersions\":1,\"maxAge\":\"PT1S\"}").body();
        apply("shards", new RetentionPolicy(1, Duration.ofSeconds(1)));

        int left = ingest.seal("shards", "{\"rule\":\"all\"}", "after").body().path("records").asInt();
        assertThat(plan.at("/shards/records").asInt()).isEqualTo(30 - left).isPositive();
        assertThat(plan.at("/shards/oldest").asString()).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void refusesAWrongPolicyForADryRunToo() {
        ingest.declare("wrong");

        assertThat(ingest.post("/v1/datasets/wrong/retention/plan", "application/json", "{\"keepVersions\":0}").body().path("code").asString())
                .isEqualTo("INVALID_RETENTION");
    }

    @Test
    void keepsAPolicyUntilItIsReplaced() {
        ingest.declare("policy");
        assertThat(ingest.get("/v1/datasets/policy/retention").raw().body()).isEqualTo("{}");
        ingest.put("/v1/datasets/policy/retention", "{\"keepVersions\":5,\"maxAge\":\"P7D\"}");

        assertThat(ingest.get("/v1/datasets/policy/retention").raw().body()).isEqualTo("{\"keepVersions\":5,\"maxAge\":\"PT168H\"}");
    }

    /** Three times ten records, and a version after each: all, all, and the newest five. */
    private void sealThree(String dataset) {
        ingest.declare(dataset);
        for (int i = 0; i < 3; i++) {
            ingest.sendRecords(dataset, i * 10, i * 10 + 10);
            ingest.seal(dataset, i < 2 ? "{\"rule\":\"all\"}" : "{\"rule\":\"last\",\"records\":5}", "v" + i);
        }
    }

    private void apply(String dataset, RetentionPolicy policy) {
        InstantSource later = InstantSource.fixed(Instant.now().plus(Duration.ofDays(2)));
        new ApplyRetention(retention, versions, new RetentionProperties(Duration.ofMinutes(1), Duration.ofDays(1)), later,
                new SimpleMeterRegistry()).apply(dataset, policy);
    }
}
