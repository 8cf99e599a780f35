package dev.tideline.ingest.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.ingest.version.Versions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RetentionIT extends ServiceTest {

    private final JdbcRetention retention;
    private final Versions versions;

    RetentionIT(JdbcRetention retention, Versions versions) {
        this.retention = retention;
        this.versions = versions;
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
