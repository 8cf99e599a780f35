package dev.tideline.ingest.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.DatasetVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.NumericStatistics;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TopicContent;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SealVersionIT extends ServiceTest {

    @Test
    void coversExactlyTheNewestRecordsOfAWindow() {
        Answer sealed = sealedAfter("window", 300, "{\"rule\":\"last\",\"records\":100}");

        DatasetManifest manifest = manifest(sealed);
        assertThat(times(ingest.records(manifest, "train"))).hasSize(80).allMatch(n -> n >= 200 && n < 280);
        assertThat(times(ingest.records(manifest, "evaluation"))).hasSize(20).allMatch(n -> n >= 280);
    }

    @Test
    void coversRecordsSinceATime() {
        Answer sealed = sealedAfter("since", 100, "{\"rule\":\"since\",\"time\":\"1970-01-01T00:01:00Z\"}");

        assertThat(sealed.body().path("records").asInt()).isEqualTo(40);
    }

    @Test
    void answersARepeatedRequestWithTheSameVersion() {
        Answer first = sealedAfter("repeat", 10, "{\"rule\":\"all\"}");
        ingest.sendRecords("repeat", 10, 20);
        Answer again = ingest.seal("repeat", "{\"rule\":\"all\"}", "1");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void refusesARequestIdThatStandsForAnotherWindow() {
        sealedAfter("reused", 10, "{\"rule\":\"all\"}");
        Answer other = ingest.seal("reused", "{\"rule\":\"last\",\"records\":5}", "1");

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body().path("code").asString()).isEqualTo("REQUEST_ID_REUSED");
    }

    @Test
    void givesTheSameContentTheSameHash() {
        Answer first = sealedAfter("hash", 50, "{\"rule\":\"all\"}");
        Answer second = ingest.seal("hash", "{\"rule\":\"last\",\"records\":50}", "2");
        Answer third = ingest.seal("hash", "{\"rule\":\"last\",\"records\":49}", "3");

        assertThat(second.body().path("contentHash")).isEqualTo(first.body().path("contentHash"));
        assertThat(third.body().path("contentHash")).isNotEqualTo(first.body().path("contentHash"));
        assertThat(List.of(first.body().path("version").asInt(), second.body().path("version").asInt())).containsExactly(1, 2);
    }

    @Test
    void keepsAllRecordsOfAKeyInOneSplit() {
        ingest.put("/v1/datasets/keyed", "{\"schema\":" + IngestClient.SCHEMA + ",\"split\":{\"by\":\"KEY\",\"evaluation\":0.3}}");
        ingest.sendRecords("keyed", 0, 200);
        ingest.sendRecords("keyed", 0, 200);

        DatasetManifest manifest = manifest(ingest.seal("keyed", "{\"rule\":\"all\"}", "1"));

        Set<Long> train = new HashSet<>(times(ingest.records(manifest, "train")));
        Set<Long> evaluation = new HashSet<>(times(ingest.records(manifest, "evaluation")));
        assertThat(train).doesNotContainAnyElementsOf(evaluation);
        assertThat(train.size() + evaluation.size()).isEqualTo(200);
        assertThat(manifest.records()).isEqualTo(400);
        assertThat(evaluation.size()).isBetween(40, 80);
    }

    @Test
    void countsTheRecordsOfASliceInItsStatistics() {
        ingest.declare("slices");
        ingest.sendRecords("slices", 0, 60);
        ingest.seal("slices", "{\"rule\":\"all\"}", "1");
        ingest.sendRecords("slices", 60, 120);

        Answer sealed = ingest.seal("slices", "{\"rule\":\"last\",\"records\":100}", "2");

        DatasetStatistics train = manifest(sealed).splits().get("train").statistics();
        NumericStatistics x = (NumericStatistics) train.features().get("x");
        assertThat(train.records()).isEqualTo(80);
        assertThat(x.min()).isEqualTo(20.5);
        assertThat(x.max()).isEqualTo(99.5);
        assertThat(ingest.get("/v1/datasets/slices/versions/2/statistics").body().path("evaluation").path("records").asInt()).isEqualTo(20);
    }

    @Test
    void announcesTheVersionOnItsTopic() {
        Answer sealed = sealedAfter("announced", 10, "{\"rule\":\"all\"}");

        ConsumerRecord<String, byte[]> event = TopicContent.await(TestKafka.shared().bootstrap(), Topics.DATASET_VERSIONS, 1,
                each -> each.key().equals("announced")).getFirst();
        assertThat(new String(event.value(), StandardCharsets.UTF_8)).contains(DatasetVersionEvent.Status.SEALED.name(),
                sealed.body().path("contentHash").asString());
    }

    private Answer sealedAfter(String dataset, int records, String window) {
        ingest.declare(dataset);
        ingest.sendRecords(dataset, 0, records);
        Answer sealed = ingest.seal(dataset, window, "1");
        assertThat(sealed.status()).as(sealed.raw().body()).isEqualTo(201);
        return sealed;
    }

    private DatasetManifest manifest(Answer sealed) {
        return ingest.manifest(sealed.body().path("manifest").asString());
    }

    private static List<Long> times(List<Example> examples) {
        return Stream.of(examples).flatMap(List::stream).map(example -> ((Feature.Longs) example.feature("at")).values()[0] / 1000).toList();
    }
}
