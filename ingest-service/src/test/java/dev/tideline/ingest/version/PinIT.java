package dev.tideline.ingest.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PinIT extends ServiceTest {

    private static final String PINS = "/v1/datasets/pins/versions/1/pins";

    private final Versions versions;

    PinIT(Versions versions) {
        this.versions = versions;
    }

    @BeforeEach
    void seal() {
        if (ingest.declare("pins").status() == 201) {
            ingest.sendRecords("pins", 0, 10);
            ingest.seal("pins", "{\"rule\":\"all\"}", "1");
        }
    }

    @Test
    void holdsUntilItEnds() {
        Answer pin = ingest.put(PINS + "/reader", "{\"for\":\"PT6H\",\"reason\":\"a notebook\"}");

        assertThat(pin.status()).as(pin.raw().body()).isEqualTo(200);
        assertThat(Instant.parse(pin.body().path("expiresAt").asString()))
                .isEqualTo(Instant.parse(pin.body().path("pinnedAt").asString()).plus(Duration.ofHours(6)));
        assertThat(ingest.get(PINS).body().path("pins")).anySatisfy(listed -> {
            assertThat(listed.path("owner").asString()).isEqualTo("reader");
            assertThat(listed.path("reason").asString()).isEqualTo("a notebook");
        });
        assertThat(versions.retire("pins", 1)).isFalse();
    }

    @Test
    void isProlongedByItsOwner() {
        ingest.put(PINS + "/prolonged", "{\"for\":\"PT1M\"}");
        ingest.put(PINS + "/prolonged", "{\"for\":\"PT9H\"}");

        assertThat(ingest.get(PINS).body().path("pins").valueStream().filter(pin -> pin.path("owner").asString().equals("prolonged")))
                .singleElement().satisfies(pin -> assertThat(Instant.parse(pin.path("expiresAt").asString()))
                        .isAfter(Instant.parse(pin.path("pinnedAt").asString()).plus(Duration.ofHours(8))));
    }

    @Test
    void isTakenAwayByItsOwnerOnce() {
        ingest.put(PINS + "/gone", "{\"for\":\"PT1H\"}");

        assertThat(delete("/gone").status()).isEqualTo(204);
        Answer again = delete("/gone");

        assertThat(again.status()).isEqualTo(404);
        assertThat(again.body().path("detail").asString())
                .isEqualTo("owner: gone has no pin on version 1 of dataset pins (expected: one of GET /v1/datasets/pins/versions/1/pins)");
    }

    @Test
    void comesWithTheVersionInOneRequest() {
        ingest.declare("at-once");
        ingest.sendRecords("at-once", 0, 5);
        String body = "{\"requestId\":\"job-9\",\"trigger\":\"TRAINING\",\"pin\":{\"owner\":\"job:9\",\"for\":\"PT6H\",\"reason\":\"reads it\"}}";
        Answer sealed = ingest.post("/v1/datasets/at-once/versions", "application/json", body);
        deletePath("/v1/datasets/at-once/versions/1/pins/job:9");

        Answer again = ingest.post("/v1/datasets/at-once/versions", "application/json", body);

        assertThat(sealed.body().path("trigger").asString()).isEqualTo("TRAINING");
        assertThat(again.status()).isEqualTo(200);
        assertThat(ingest.get("/v1/datasets/at-once/versions/1/pins").body().at("/pins/0/owner").asString()).isEqualTo("job:9");
        assertThat(versions.retire("at-once", 1)).isFalse();
    }

    @Test
    void saysThatARepeatedRequestComesTooLate() {
        ingest.declare("too-late");
        ingest.sendRecords("too-late", 0, 5);
        String body = "{\"requestId\":\"job-1\",\"pin\":{\"owner\":\"job:1\",\"for\":\"PT6H\"}}";
        ingest.post("/v1/datasets/too-late/versions", "application/json", body);
        deletePath("/v1/datasets/too-late/versions/1/pins/job:1");
        assertThat(versions.retire("too-late", 1)).isTrue();

        Answer again = ingest.post("/v1/datasets/too-late/versions", "application/json", body);

        assertThat(again.status()).isEqualTo(410);
        assertThat(again.body().path("code").asString()).isEqualTo("RETIRED_VERSION");
        assertThat(ingest.put("/v1/datasets/too-late/versions/1/pins/me", "{\"for\":\"PT6H\"}").status()).isEqualTo(410);
    }

    @Test
    void saysEverythingThatIsWrongWithAPinAtOnce() {
        Answer answer = ingest.put(PINS + "/model:late", "{\"for\":\"soon\",\"reason\":\"" + "x".repeat(501) + "\",\"until\":1}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("problems").valueStream().map(p -> p.path("pointer").asString() + " " + p.path("expected").asString()))
                .containsExactly("/owner 1 to 128 of letters, digits and . _ : @ -, not beginning with model:",
                        "/for an ISO-8601 duration from a second to 366 days, such as PT6H", "/reason at most 500, none of them U+0000", "/until for or reason");
    }

    @Test
    void namesTheFieldsOfAPinWithinARequest() {
        Answer answer = ingest.post("/v1/datasets/pins/versions", "application/json", "{\"trigger\":\"COUNT\",\"pin\":{\"for\":3}}");

        assertThat(answer.body().path("problems").valueStream().map(p -> p.path("pointer").asString()))
                .containsExactly("/trigger", "/pin/owner", "/pin/for");
    }

    @Test
    void leavesPinsOfModelsToTheirEvents() {
        assertThat(delete("/model:late").body().path("detail").asString())
                .isEqualTo("owner: model:late (expected: none of model:…, which follow tideline.model-versions)");
    }

    @Test
    void needsAVersion() {
        assertThat(ingest.put("/v1/datasets/pins/versions/99/pins/me", "{\"for\":\"PT1H\"}").body().path("code").asString())
                .isEqualTo("UNKNOWN_VERSION");
    }

    private Answer delete(String owner) {
        return deletePath(PINS + owner);
    }

    private Answer deletePath(String path) {
        return ingest.exchange(HttpRequest.newBuilder(ingest.uri(path)).DELETE());
    }
}
