package dev.tideline.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.DatasetManifest;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import org.junit.jupiter.api.Test;

class SchemaEvolutionIT extends ServiceTest {

    private static final String WIDER = IngestClient.SCHEMA.replace("\"max\":1000000", "\"max\":2000000")
            .replace("{\"name\":\"x\"", "{\"name\":\"z\",\"kind\":\"FLOAT\",\"required\":false,\"default\":0.5},{\"name\":\"x\"");

    @Test
    void makesANewSchemaVersionOfACompatibleChange() {
        ingest.declare("evolve");
        ingest.sendRecords("evolve", 0, 10);
        Answer evolved = declare("evolve", WIDER);
        ingest.send("evolve", "{\"id\":\"new\",\"at\":99000,\"x\":1500000,\"y\":1,\"z\":2.5}");

        assertThat(evolved.status()).as(evolved.raw().body()).isEqualTo(200);
        assertThat(evolved.body().path("schema").path("version").asInt()).isEqualTo(2);
        Answer sealed = ingest.seal("evolve", "{\"rule\":\"all\"}", "1");
        DatasetManifest manifest = ingest.manifest(sealed.body().path("manifest").asString());
        assertThat(manifest.schema().version()).isEqualTo(2);
        assertThat(manifest.records()).isEqualTo(11);
    }

    @Test
    void changesNothingWhenTheSchemaIsTheSame() {
        ingest.declare("same");
        Answer again = ingest.declare("same");

        assertThat(again.status()).isEqualTo(200);
        assertThat(ingest.get("/v1/datasets/same/schemas").body().path("schemas")).hasSize(1);
    }

    @Test
    void refusesAnIncompatibleChangeWithEachReason() {
        ingest.declare("narrow");
        Answer refused = declare("narrow", IngestClient.SCHEMA.replace("\"max\":1000000", "\"max\":5").replace("\"label\":\"y\",", ""));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("detail").asString())
                .isEqualTo("dataset: narrow (expected: its schema and split, or a compatible change)");
        assertThat(refused.body().path("problems").valueStream().map(problem -> problem.path("pointer").asString()
                + " " + problem.path("value").asString() + " " + problem.path("expected").asString()))
                .containsExactly("/schema/label absent y: the label stays",
                        "/schema/features/x/domain from -100.0 to 5.0 from -100.0 to 1000000.0: a domain grows");
    }

    @Test
    void tellsWhatChangedBetweenTwoVersions() {
        ingest.declare("diff");
        declare("diff", WIDER);
        Answer forward = ingest.get("/v1/datasets/diff/schemas:diff?from=1&to=2");
        Answer backward = ingest.get("/v1/datasets/diff/schemas:diff?from=2&to=1");

        assertThat(forward.body().path("compatible").asBoolean()).isTrue();
        assertThat(forward.body().path("changes").valueStream().map(change -> change.path("pointer").asString()))
                .containsExactlyInAnyOrder("/features/x/domain", "/features/z");
        assertThat(backward.body().path("compatible").asBoolean()).isFalse();
    }

    @Test
    void namesAnUnknownSchemaVersion() {
        ingest.declare("diff");
        Answer unknown = ingest.get("/v1/datasets/diff/schemas/7");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body().path("detail").asString())
                .isEqualTo("schema: version 7 of dataset diff (expected: one of GET /v1/datasets/diff/schemas)");
    }

    private Answer declare(String dataset, String schema) {
        return ingest.put("/v1/datasets/" + dataset, "{\"schema\":" + schema + ",\"split\":{\"by\":\"TIME\",\"evaluation\":0.2}}");
    }
}
