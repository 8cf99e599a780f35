package dev.tideline.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.training.support.ServiceTest;
import dev.tideline.training.support.Trips;
import org.junit.jupiter.api.Test;

/** Definitions over HTTP: YAML, the schema, and a job that uses more than a list of dense layers. */
class DefinitionEndpointsIT extends ServiceTest {

    private static final String YAML = """
        dataset: deep
        inputs:
          - {feature: distance, transform: log}
          - {feature: hour, transform: {embedding: {dimensions: 4, size: 24}}}
          - {name: habit, feature: weather, transform: {cross: {with: [hour], buckets: 64}}}
        layers:
          - branches:
              named:
                wide: {inputs: [habit]}
                deep:
                  inputs: [distance, hour]
                  layers: [{dense: {units: 16, activation: relu}}, batchNorm]
        head: {binary: {positive: yes, classWeights: balanced}}
        optimizer: {adam: {learningRate: 0.02}}
        training: {epochs: 60, batchSize: 100, replicas: 2, seed: 3, earlyStopping: {patience: 2, holdOut: 0.2}}
        """;

    @Test
    void aModelIsDeclaredInYamlTrainedAndStoppedEarly() {
        INGEST.seal("deep", Trips.schema(), Trips.examples(2_000, 1, 1), Trips.examples(500, 2, 1));

        var declared = put("/v1/models/deep", "application/yaml", YAML);
        assertThat(declared.status()).as(declared.body().toString()).isEqualTo(201);
        assertThat(declared.body().at("/definition/head/binary/positive").stringValue()).isEqualTo("yes");

        var job = finished(submit("deep"));

        assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("PROMOTED");
        assertThat(job.get("metrics").get("accuracy").doubleValue()).isGreaterThan(0.7);
        assertThat(job.get("metrics").get("inputWait").doubleValue()).isBetween(0.0, 1.0);
        // 1,600 records in 16 steps a pass: 60 passes would be 960.
        assertThat(job.get("progress").get("step").longValue()).isLessThan(960).isGreaterThanOrEqualTo(48);
    }

    @Test
    void problemsOfYamlComeLikeThoseOfJson() {
        INGEST.declare("flat", Trips.schema());

        var broken = put("/v1/models/flat", "application/yaml", "dataset: flat\nhead: [");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.body().get("code").stringValue()).isEqualTo("INVALID_DEFINITION");
        assertThat(broken.body().toString()).contains("SYNTAX").contains("line ");

        var misfit = put("/v1/models/flat", "application/yaml", "dataset: flat\nhead: binary\nlayers: [maxPool]");
        assertThat(misfit.status()).isEqualTo(400);
        assertThat(misfit.body().toString()).contains("/layers/0").contains("maxPool gets [?]");
        assertThat(get("/v1/models/flat").status()).isEqualTo(404);
    }

    @Test
    void theSchemaIsPublished() {
        var schema = get("/v1/model-definition.schema.json");

        assertThat(schema.status()).isEqualTo(200);
        assertThat(schema.body().get("title").stringValue()).isEqualTo("Tideline model definition");
        assertThat(schema.body().at("/$defs/layer/oneOf").isEmpty()).isFalse();
    }
}
