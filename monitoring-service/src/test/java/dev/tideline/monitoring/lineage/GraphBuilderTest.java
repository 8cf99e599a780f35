package dev.tideline.monitoring.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.TrainingRequest;
import dev.tideline.monitoring.lineage.Graph.Edge;
import dev.tideline.monitoring.lineage.Graph.Gap;
import dev.tideline.monitoring.lineage.Graph.Node;
import dev.tideline.monitoring.lineage.Upstream.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class GraphBuilderTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
    private static final Origin ORIGIN = new Origin("late", 4, TIME, "trips", 7, "c0ffee", 1, "f00d", "beef", 1, 3L, "job-1",
            new TreeMap<>(Map.of("accuracy", 0.912345678)), List.of("better"));
    private static final Cause CAUSE = new Cause("request-1", TIME, TrainingRequest.Trigger.CONCEPT_DRIFT, "errors rose",
            Map.of("errorSince", 0.4), new DataWindow.All());

    @Test
    void leadsFromTheVersionToTheOffsets() {
        Graph graph = GraphBuilder.of(ORIGIN, CAUSE, told("{'state':'PROMOTED'}"), told(lineage(2)));
        assertThat(graph.nodes()).extracting(Node::id).containsExactly("model-version:late/4", "training-job:job-1",
                "training-request:request-1", "dataset-version:trips/7", "offsets:tideline.records.trips-0", "shard:s/0@0", "shard:s/1@0");
        assertThat(graph.edges()).containsExactly(
                new Edge("model-version:late/4", "training-job:job-1", "trained by"),
                new Edge("training-job:job-1", "training-request:request-1", "asked for by"),
                new Edge("model-version:late/4", "dataset-version:trips/7", "trained on"),
                new Edge("dataset-version:trips/7", "shard:s/0@0", "contains 10 records of"),
                new Edge("shard:s/0@0", "offsets:tideline.records.trips-0", "written from"),
                new Edge("dataset-version:trips/7", "shard:s/1@0", "contains 10 records of"),
                new Edge("shard:s/1@0", "offsets:tideline.records.trips-0", "written from"));
        assertThat(graph.gaps()).isEmpty();
    }

    @Test
    void saysWhatItWasNotTold() {
        Graph graph = GraphBuilder.of(ORIGIN, null, new Answer.Untold("training-service: does not answer"),
                new Answer.Untold("ingest-service: status 410, retired"));
        assertThat(graph.gaps()).containsExactly(new Gap("training-job:job-1", "training-service: does not answer"),
                new Gap("dataset-version:trips/7", "ingest-service: status 410, retired"));
        assertThat(graph.nodes()).hasSize(3);
    }

    @Test
    void aDatasetVersionOfOtherContentIsNoticed() {
        Graph graph = GraphBuilder.of(ORIGIN, CAUSE, null, told(lineage(1).replace("c0ffee", "dead")));
        assertThat(graph.gaps()).singleElement().satisfies(gap ->
                assertThat(gap.reason()).isEqualTo("content hash: dead (expected: c0ffee, as the manifest of the model says)"));
    }

    @Test
    void thousandsOfShardsAreCountedInsteadOfDrawn() {
        Graph graph = GraphBuilder.of(ORIGIN, CAUSE, null, told(lineage(GraphBuilder.MAX_SHARDS + 7)));
        assertThat(graph.nodes()).filteredOn(node -> node.kind() == Graph.Kind.SHARD).hasSize(GraphBuilder.MAX_SHARDS);
        assertThat(graph.gaps()).singleElement().satisfies(gap -> assertThat(gap.reason()).startsWith("7 more parts of shard files"));
    }

    @Test
    void aVersionWithoutAManifestStandsAlone() {
        Graph graph = GraphBuilder.unknown("late", 9);
        assertThat(graph.nodes()).extracting(Node::id).containsExactly("model-version:late/9");
        assertThat(graph.gaps()).hasSize(1);
    }

    @Test
    void thePageSaysInWordsWhichRecordsWereAskedFor() {
        assertThat(window(new DataWindow.All())).contains("<dd>all records</dd>", "<dd>rule all</dd>", "<dt>definition hash</dt>");
        assertThat(window(new DataWindow.Last(5_000))).contains("<dd>the last 5000 records</dd>");
        assertThat(window(new DataWindow.Since(TIME))).contains("<dd>records since 2026-03-01T12:00:00Z</dd>");
    }

    private static String window(DataWindow window) {
        return LineagePage.html(GraphBuilder.of(ORIGIN, new Cause("r", TIME, TrainingRequest.Trigger.MANUAL, "", Map.of(), window), null, told(lineage(1))));
    }

    @Test
    void thePageShowsTheChainItsGapsAndNothingUnescaped() {
        Graph graph = GraphBuilder.of(ORIGIN, new Cause("r", TIME, TrainingRequest.Trigger.MANUAL, "<script>alert(1)</script>", Map.of(), new DataWindow.All()),
                new Answer.Untold("training-service: does not answer"), told(lineage(1)));
        assertThat(LineagePage.html(graph)).contains("Lineage of model late version 4", "training-service: does not answer",
                "MANUAL: &lt;script&gt;", "accuracy 0.9123<", "<td>s/0</td><td>0</td><td>9</td>", "<td>tideline.records.trips</td>").doesNotContain("<script>");
        assertThat(LineagePage.contentSecurityPolicy()).startsWith("default-src 'none'; style-src 'sha256-");
    }

    private static String lineage(int shards) {
        String files = IntStream.range(0, shards).mapToObj(i -> "{'path':'s/" + i + "','checksum':'x','skip':0,'take':10,'records':10,'firstOffset':"
                + 10 * i + ",'lastOffset':" + (10 * i + 9) + ",'schemaVersion':1}").collect(Collectors.joining(","));
        return "{'topic':'tideline.records.trips','contentHash':'c0ffee','window':{'rule':'all'},'trigger':'TRAINING','schemaVersion':1,"
                + "'partitions':{'0':{'first':0,'last':" + (10 * shards - 1) + ",'records':" + 10 * shards + ",'files':[" + files + "]}}}";
    }

    private static Answer told(String json) {
        return new Answer.Told(JsonMapper.builder().build().readTree(json.replace('\'', '"')));
    }
}
