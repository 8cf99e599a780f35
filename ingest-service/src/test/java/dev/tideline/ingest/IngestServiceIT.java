package dev.tideline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.DatasetManifest;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.tfrecord.Feature;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IngestServiceIT extends ServiceTest {

    @Test
    void sealsEveryAcknowledgedRecordIntoAVersion() {
        ingest.declare("loop");
        Answer sent = ingest.sendRecords("loop", 0, 500);
        assertThat(sent.status()).as(sent.raw().body()).isEqualTo(202);

        Answer sealed = ingest.seal("loop", "{\"rule\":\"all\"}", "first");

        assertThat(sealed.status()).as(sealed.raw().body()).isEqualTo(201);
        assertThat(sealed.body().path("records").asInt()).isEqualTo(500);
        DatasetManifest manifest = ingest.manifest(sealed.body().path("manifest").asString());
        assertThat(ingest.records(manifest, DatasetManifest.TRAIN)).hasSize(400);
        assertThat(ingest.records(manifest, DatasetManifest.EVALUATION))
                .extracting(example -> ((Feature.Longs) example.feature("at")).values()[0] / 1000)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(400, 500).asLongStream().boxed().toList());
        assertThat(manifest.splits().get(DatasetManifest.TRAIN).statistics().features().get("x").count()).isEqualTo(400);
    }
}
