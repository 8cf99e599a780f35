package dev.tideline.ingest.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.DataWindow;
import dev.tideline.ingest.dataset.Catalogue;
import dev.tideline.ingest.dataset.RecordCounts;
import dev.tideline.ingest.shard.Shards;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.ingest.version.Trigger;
import dev.tideline.ingest.version.Versions;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules carried out on the real database, by instances whose clocks the test sets. */
class SealingIT extends ServiceTest {

    private final JdbcSealing rules;
    private final RecordCounts counts;
    private final Versions versions;
    private final SealingProperties properties;
    private final MeterRegistry meters;
    private final Shards shards;
    private final Catalogue catalogue;

    SealingIT(JdbcSealing rules, RecordCounts counts, Versions versions, SealingProperties properties, MeterRegistry meters,
            Shards shards, Catalogue catalogue) {
        this.rules = rules;
        this.counts = counts;
        this.versions = versions;
        this.properties = properties;
        this.meters = meters;
        this.shards = shards;
        this.catalogue = catalogue;
    }

    @Test
    void sealsByCountAndCountsFromThereOn() {
        dataset("by-count", "{\"everyRecords\":100,\"window\":{\"rule\":\"last\",\"records\":150}}");
        commit("by-count", 0, 99);
        at("2026-05-01T12:00:00Z").turn("by-count");
        assertThat(versions("by-count")).isEmpty();
        assertThat(sealing("by-count").path("waiting").asString()).isEqualTo("99 new records and no version so far of 100");

        commit("by-count", 99, 100);
        at("2026-05-01T12:00:00Z").turn("by-count");
        at("2026-05-01T12:00:01Z").turn("by-count");
        commit("by-count", 100, 200);
        at("2026-05-01T12:00:02Z").turn("by-count");

        assertThat(versions("by-count")).extracting(version -> version.path("records").asInt()).containsExactly(100, 150);
        assertThat(versions("by-count")).extracting(version -> version.path("trigger").asString()).containsOnly("COUNT");
        assertThat(sealing("by-count").at("/last/outcome").asString()).isEqualTo("SEALED");
        assertThat(sealing("by-count").at("/last/version").asInt()).isEqualTo(2);
        assertThat(sealing("by-count").at("/last/reason").asString()).isEqualTo("100 new records since version 1 (every 100)");
    }

    @Test
    void countsFromAVersionThatSomebodyAskedFor() {
        dataset("asked", "{\"everyRecords\":50}");
        commit("asked", 0, 40);
        ingest.seal("asked", "{\"rule\":\"all\"}", "by-hand");
        commit("asked", 40, 60);

        at("2026-05-01T12:00:00Z").turn("asked");

        assertThat(versions("asked")).extracting(version -> version.path("trigger").asString()).containsExactly("REQUEST");
        assertThat(sealing("asked").path("newRecords").asInt()).isEqualTo(20);
    }

    @Test
    void makesADowntimeUpWithOneVersion() {
        dataset("nightly", "{\"cron\":\"0 0 3 * * *\"}");
        commit("nightly", 0, 10);
        Instant due = Instant.parse(sealing("nightly").path("nextDue").asString());

        at(due.minusSeconds(1)).turn("nightly");
        assertThat(versions("nightly")).isEmpty();
        at(due.plus(Duration.ofDays(5)).plusSeconds(7)).turn("nightly");
        at(due.plus(Duration.ofDays(5)).plusSeconds(8)).turn("nightly");

        assertThat(versions("nightly")).singleElement().satisfies(version -> {
            assertThat(version.path("requestId").asString()).isEqualTo("schedule/" + due.plus(Duration.ofDays(5)));
            assertThat(version.path("trigger").asString()).isEqualTo("SCHEDULE");
        });
        assertThat(sealing("nightly").path("nextDue").asString()).isEqualTo(due.plus(Duration.ofDays(6)).toString());
    }

    @Test
    void leavesNoVersionWithoutNewRecordsAndSaysWhy() {
        dataset("quiet", "{\"every\":\"PT1H\"}");
        Instant due = Instant.parse(sealing("quiet").path("nextDue").asString());

        at(due).turn("quiet");

        assertThat(versions("quiet")).isEmpty();
        assertThat(sealing("quiet").at("/last/outcome").asString()).isEqualTo("SKIPPED");
        assertThat(sealing("quiet").at("/last/reason").asString()).isEqualTo("due at " + due + ", but no new records and no version so far");
        assertThat(sealing("quiet").path("nextDue").asString()).isEqualTo(due.plus(Duration.ofHours(1)).toString());
    }

    @Test
    void leavesNoVersionWhenTheWindowCoversNothingAndSaysWhy() {
        dataset("too-old", "{\"every\":\"PT1H\",\"window\":{\"rule\":\"since\",\"age\":\"P1D\"}}");
        commit("too-old", 0, 5);
        Instant due = Instant.parse(sealing("too-old").path("nextDue").asString());

        at(due).turn("too-old");

        assertThat(versions("too-old")).isEmpty();
        assertThat(sealing("too-old").at("/last/outcome").asString()).isEqualTo("SKIPPED");
        assertThat(sealing("too-old").at("/last/reason").asString()).contains("5 new records", "NO_RECORDS: window: Since[time=");
        assertThat(sealing("too-old").path("nextDue").asString()).isEqualTo(due.plus(Duration.ofHours(1)).toString());
    }

    @Test
    void sealsOnceHoweverManyInstancesTryAtOnce() throws Exception {
        dataset("many", "{\"everyRecords\":20,\"every\":\"PT1H\"}");
        commit("many", 0, 30);
        Instant now = Instant.parse(sealing("many").path("nextDue").asString()).plusSeconds(1);

        try (ExecutorService instances = Executors.newFixedThreadPool(8)) {
            List<Future<?>> turns = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                turns.add(instances.submit(() -> at(now).turn("many")));
            }
            for (Future<?> turn : turns) {
                turn.get();
            }
        }

        assertThat(versions("many")).hasSize(1);
    }

    @Test
    void sealsOnceEvenWithoutALease() {
        dataset("no-lease", "{\"everyRecords\":10}");
        commit("no-lease", 0, 10);

        versions.seal("no-lease", new DataWindow.All(), "count/after-0", Trigger.COUNT);
        long again = versions.seal("no-lease", new DataWindow.All(), "count/after-0", Trigger.COUNT);

        assertThat(again).isEqualTo(1);
        assertThat(versions("no-lease")).hasSize(1);
    }

    @Test
    void showsAFailureAndTriesAgainAfterAPause() {
        dataset("stuck", "{\"everyRecords\":5}");
        commit("stuck", 0, 5);
        // Somebody used the id that the rule is about to use, for another window.
        ingest.seal("stuck", "{\"rule\":\"last\",\"records\":1}", "count/after-1");
        commit("stuck", 5, 10);

        at("2026-05-01T12:00:00Z").turn("stuck");

        assertThat(sealing("stuck").at("/last/outcome").asString()).isEqualTo("FAILED");
        assertThat(sealing("stuck").at("/last/reason").asString()).contains("REQUEST_ID_REUSED");
        assertThat(rules.free()).doesNotContain("stuck");
        await().atMost(Duration.ofSeconds(60)).until(() -> rules.free().contains("stuck"));
    }

    @Test
    void forgetsARuleThatIsTakenAway() {
        dataset("gone", "{\"everyRecords\":5}");
        commit("gone", 0, 5);

        assertThat(ingest.exchange(HttpRequest.newBuilder(ingest.uri("/v1/datasets/gone/sealing")).DELETE()).status()).isEqualTo(204);
        at("2026-05-01T12:00:00Z").turn("gone");

        assertThat(versions("gone")).isEmpty();
        Answer answer = ingest.get("/v1/datasets/gone/sealing");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("detail").asString())
                .isEqualTo("dataset: gone has no sealing rule (expected: one, see PUT /v1/datasets/gone/sealing)");
    }

    @Test
    void keepsTheOldRuleWhenANewOneIsWrong() {
        dataset("kept", "{\"everyRecords\":5}");

        Answer answer = ingest.put("/v1/datasets/kept/sealing", "{\"everyRecords\":-1,\"every\":\"x\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("code").asString()).isEqualTo("INVALID_SEALING");
        assertThat(answer.body().path("problems")).hasSize(2);
        assertThat(sealing("kept").path("rule").toString()).isEqualTo("{\"everyRecords\":5}");
    }

    @Test
    void keepsItsPlaceInTheScheduleWhenTheSameRuleIsSetAgain() {
        dataset("again", "{\"every\":\"PT1H\"}");
        commit("again", 0, 3);
        Instant due = Instant.parse(sealing("again").path("nextDue").asString());
        at(due).turn("again");

        dataset("again", "{\"every\":\"PT1H\"}");

        assertThat(sealing("again").path("nextDue").asString()).isEqualTo(due.plus(Duration.ofHours(1)).toString());
    }

    private Sealing at(String time) {
        return at(Instant.parse(time));
    }

    private Sealing at(Instant time) {
        return new Sealing(rules, counts, versions, () -> time, properties, meters);
    }

    private void dataset(String name, String rule) {
        ingest.declare(name);
        Answer answer = ingest.put("/v1/datasets/" + name + "/sealing", rule);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    }

    /** Sends records and has them committed without sealing. */
    private void commit(String dataset, int from, int to) {
        long before = counts.of(dataset).committed();
        ingest.sendRecords(dataset, from, to);
        shards.flush(catalogue.get(dataset));
        assertThat(counts.of(dataset).committed()).isEqualTo(before + to - from);
    }

    private JsonNode sealing(String dataset) {
        return ingest.get("/v1/datasets/" + dataset + "/sealing").body();
    }

    private List<JsonNode> versions(String dataset) {
        List<JsonNode> found = new ArrayList<>();
        ingest.get("/v1/datasets/" + dataset + "/versions").body().path("versions").forEach(found::add);
        return found;
    }
}
