package dev.tideline.training.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.contracts.Topics;
import dev.tideline.local.FreePorts;
import dev.tideline.modelstore.ModelStore;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.starter.event.Outbox;
import dev.tideline.storage.LocalFiles;
import dev.tideline.storage.S3Settings;
import dev.tideline.storage.StorageRoot;
import dev.tideline.storage.Storages;
import dev.tideline.training.support.ServiceTest;
import dev.tideline.training.support.Topic;
import dev.tideline.training.support.Trips;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Versions from the outside: aliases, comparison, deletion, audit. */
class RegistryIT extends ServiceTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Deletions deletions;

    @Autowired
    private JdbcRegistry tables;

    @Autowired
    private JdbcAudit audit;

    @Autowired
    private Outbox outbox;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private InstantSource clock;

    @Test
    void aliasesAreSetMovedAndRemoved() {
        twoVersions();

        assertThat(put("/v1/models/pair/aliases/challenger", "{\"version\":2,\"reason\":\"to watch\"}").body().get("challenger").longValue())
            .isEqualTo(2);
        assertThat(put("/v1/models/pair/aliases/challenger", "{\"version\":1}").body().get("challenger").longValue()).isEqualTo(1);
        assertThat(delete("/v1/models/pair/aliases/challenger").body().propertyNames()).containsExactly("champion");
        var audit = get("/v1/models/pair/audit").body().get("audit");
        assertThat(audit).extracting(entry -> entry.get("action").stringValue())
            .containsExactly("ALIAS_REMOVED", "ALIAS_SET", "ALIAS_SET", "ADDED", "PROMOTED");
        assertThat(audit.get(2).get("reason").stringValue()).isEqualTo("to watch");
        assertThat(audit.get(2).get("actor").stringValue()).isEqualTo("anonymous");
        assertThat(audit.get(4).get("actor").stringValue()).isEqualTo("gate");
        assertThat(audit.get(1).get("previous").longValue()).isEqualTo(2);
    }

    @Test
    void wrongRequestsAreRefusedWithTheirCode() {
        twoVersions();

        refused(put("/v1/models/pair/aliases/champion", "{\"version\":2}"), 400, "INVALID_ALIAS");
        refused(put("/v1/models/pair/aliases/No%20Name", "{\"version\":2}"), 400, "INVALID_ALIAS");
        refused(put("/v1/models/pair/aliases/challenger", "{\"version\":99}"), 404, "UNKNOWN_VERSION");
        assertThat(put("/v1/models/pair/aliases/challenger", "{\"version\":\"two\"}").status()).isEqualTo(400);
        refused(delete("/v1/models/pair/aliases/challenger"), 404, "UNKNOWN_ALIAS");
        refused(delete("/v1/models/pair/versions/1"), 409, "VERSION_IN_USE");
        refused(delete("/v1/models/pair/versions/99"), 404, "UNKNOWN_VERSION");
        refused(get("/v1/models/pair/versions/1:compare?with=99"), 404, "UNKNOWN_VERSION");
        assertThat(get("/v1/models/pair/versions/1:compare").status()).isEqualTo(400);
        refused(get("/v1/models/nobody/audit"), 404, "UNKNOWN_MODEL");
        refused(delete("/v1/models/nobody/versions/1"), 404, "UNKNOWN_MODEL");
        assertThat(get("/v1/models/pair/versions").body().get("versions")).hasSize(2);
    }

    @Test
    void aVersionThatNobodyNeedsIsDeletedWithItsFiles() {
        twoVersions("gone");
        put("/v1/models/gone/aliases/challenger", "{\"version\":2}");
        refused(delete("/v1/models/gone/versions/2"), 409, "VERSION_IN_USE");
        delete("/v1/models/gone/aliases/challenger");

        assertThat(delete("/v1/models/gone/versions/2?reason=space").status()).isEqualTo(204);

        assertThat(new ModelStore(STORAGE).folder("gone", 2)).doesNotExist();
        assertThat(get("/v1/models/gone/versions/2").status()).isEqualTo(404);
        assertThat(get("/v1/models/gone/audit").body().get("audit").get(0).get("reason").stringValue()).isEqualTo("space");
        var event = Topic.awaitEvents(Topics.MODEL_VERSIONS, each -> each.get("model").stringValue().equals("gone")
            && each.get("change").stringValue().equals("WITHDRAWN")).getLast();
        assertThat(event.get("serving").propertyNames()).containsExactly("1");
    }

    @Test
    void aDeletionThatACrashInterruptedIsFinishedAtTheNextStart() throws IOException {
        // What a crash leaves behind: the row is gone, the mark is there, the files are there.
        Files.createDirectories(new ModelStore(STORAGE).folder("crash", 1));
        Files.createDirectories(new ModelStore(STORAGE).folder("crash", 2).resolve("variables"));
        jdbc.sql("INSERT INTO doomed_version (model, version) VALUES ('crash', 2)").update();

        deletions.finish();

        assertThat(new ModelStore(STORAGE).folder("crash", 2)).doesNotExist();
        assertThat(Files.isDirectory(new ModelStore(STORAGE).folder("crash", 1))).isTrue();
        assertThat(jdbc.sql("SELECT count(*) FROM doomed_version").query(Long.class).single()).isZero();
    }

    @Test
    void twoVersionsAreComparedOnTheSameExamples() {
        twoVersions();

        var comparison = get("/v1/models/pair/versions/1:compare?with=2").body();

        assertThat(comparison.get("sameExamples").booleanValue()).isTrue();
        assertThat(comparison.get("metrics").get("accuracy").get("improvement").doubleValue()).isZero();
        assertThat(comparison.get("definition")).hasSize(1);
        assertThat(comparison.get("definition").get(0).get("pointer").stringValue()).isEqualTo("/gate");
        assertThat(comparison.get("data").get("leftDataset").stringValue()).isEqualTo("pair");
    }

    @Test
    void theVerdictIsKeptRuleByRule() {
        twoVersions();

        var verdict = get("/v1/models/pair/versions/2").body().get("verdict");

        assertThat(verdict.get("decision").stringValue()).isEqualTo("reject");
        assertThat(verdict.get("findings")).extracting(finding -> finding.get("rule").stringValue())
            .containsExactly("examples", "minimumImprovement");
        assertThat(verdict.get("findings").get(1).get("comparison").get("examples").longValue()).isEqualTo(200);
    }

    @Test
    void aStorageThatIsAwayRefusesNoCandidateThatWaits() throws IOException {
        twoVersions();
        var away = new S3Settings(URI.create("http://127.0.0.1:" + FreePorts.find(1).getFirst()), "eu-central-1", true, "key", "secret", 16 << 20,
            Duration.ofSeconds(1), Duration.ofSeconds(5), 0);
        try (var bucket = Storages.open(StorageRoot.parse("s3://models"), away, STORAGE.resolve("drafts"))) {
            var registry = new Registry(tables, audit, outbox, transaction, clock,
                LocalFiles.copies(bucket, STORAGE.resolve("copies"), Duration.ofDays(1), clock));

            assertThatThrownBy(() -> transaction.execute(status -> registry.approve("pair", 2, "Eva", "looks right")))
                .isInstanceOfSatisfying(TidelineException.class, told -> assertThat(told.code()).isEqualTo(RegistryError.STORAGE_UNAVAILABLE));
        }
        assertThat(get("/v1/models/pair/versions").body().at("/aliases/champion").longValue()).isEqualTo(1);
    }

    @Test
    void theAuditCannotBeChanged() {
        assertThatThrownBy(() -> jdbc.sql("UPDATE audit SET reason = 'x'").update()).hasMessageContaining("audit: UPDATE (expected: INSERT only)");
        assertThatThrownBy(() -> jdbc.sql("DELETE FROM audit").update()).hasMessageContaining("audit: DELETE (expected: INSERT only)");
    }

    /** The model that several tests look at; none leaves anything behind that another would see, but entries in the audit. */
    private void twoVersions() {
        if (get("/v1/models/pair/versions").status() != 200) {
            twoVersions("pair");
        }
    }

    /** Version 1 is champion, version 2 lost against it; the definitions differ in their gate. */
    private void twoVersions(String model) {
        INGEST.seal(model, Trips.schema(), Trips.examples(600, 1, 1), Trips.examples(200, 2, 1));
        declare(model, model, 2, "");
        assertThat(finished(submit(model)).get("state").stringValue()).isEqualTo("PROMOTED");
        declare(model, model, 2, ",\"gate\":{\"confidence\":0.9}");
        assertThat(finished(submit(model)).get("state").stringValue()).isEqualTo("REJECTED");
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().get("code").stringValue()).isEqualTo(code);
    }
}
