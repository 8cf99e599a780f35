package dev.tideline.monitoring.lineage;

import dev.tideline.monitoring.lineage.Graph.Edge;
import dev.tideline.monitoring.lineage.Graph.Gap;
import dev.tideline.monitoring.lineage.Graph.Kind;
import dev.tideline.monitoring.lineage.Graph.Node;
import dev.tideline.monitoring.lineage.Upstream.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Draws the graph of a model version. Pure. */
final class GraphBuilder {

    /** Shard files that are drawn; a version of thousands says how many more there are. */
    static final int MAX_SHARDS = 500;

    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    /** The version alone, when nothing more is known of it. */
    static Graph unknown(String model, long version) {
        GraphBuilder builder = new GraphBuilder();
        String id = builder.node(Kind.MODEL_VERSION, model + "/" + version, "model " + model + " version " + version, Map.of());
        builder.gaps.add(new Gap(id, "model store: no manifest, nor was there one when the version was announced"));
        return builder.build();
    }

    /**
     * @param cause   null when no request is known
     * @param job     what training-service says of the job; null when it was not asked
     * @param dataset what ingest-service says of the dataset version
     */
    static Graph of(Origin origin, @Nullable Cause cause, @Nullable Answer job, Answer dataset) {
        GraphBuilder builder = new GraphBuilder();
        String version = builder.version(origin);
        if (origin.job() != null) {
            builder.training(version, origin.job(), cause, job);
        }
        builder.dataset(version, origin, dataset);
        return builder.build();
    }

    private String version(Origin origin) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("createdAt", origin.createdAt());
        facts.put("definitionHash", origin.definitionHash());
        facts.put("schemaFingerprint", origin.schemaFingerprint());
        facts.put("seed", origin.seed());
        if (origin.parent() != null) {
            facts.put("champion before", origin.parent());
        }
        facts.put("metrics", origin.metrics());
        facts.put("verdict", origin.verdict());
        return node(Kind.MODEL_VERSION, origin.model() + "/" + origin.version(), "model " + origin.model() + " version " + origin.version(), facts);
    }

    private void training(String version, String job, @Nullable Cause cause, @Nullable Answer answer) {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (answer instanceof Answer.Told(JsonNode body)) {
            for (String name : List.of("state", "trigger", "reason", "createdAt", "startedAt", "finishedAt", "workers")) {
                JsonNode fact = body.path(name);
                if (!fact.isMissingNode() && !fact.isNull()) {
                    facts.put(name, fact);
                }
            }
        }
        String id = node(Kind.TRAINING_JOB, job, "training job " + job, facts);
        edges.add(new Edge(version, id, "trained by"));
        if (answer instanceof Answer.Untold(String reason)) {
            gaps.add(new Gap(id, reason));
        }
        if (cause != null) {
            Map<String, Object> why = new LinkedHashMap<>();
            why.put("at", cause.at());
            why.put("trigger", cause.trigger());
            why.put("evidence", cause.evidence());
            why.put("window", cause.window());
            edges.add(new Edge(id, node(Kind.TRAINING_REQUEST, cause.request(), cause.trigger() + ": " + cause.reason(), why), "asked for by"));
        }
    }

    private void dataset(String version, Origin origin, Answer answer) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("contentHash", origin.contentHash());
        String name = origin.dataset() + "/" + origin.datasetVersion();
        String title = "dataset " + origin.dataset() + " version " + origin.datasetVersion();
        switch (answer) {
            case Answer.Untold(String reason) -> {
                String id = node(Kind.DATASET_VERSION, name, title, facts);
                edges.add(new Edge(version, id, "trained on"));
                gaps.add(new Gap(id, reason));
            }
            case Answer.Told(JsonNode body) -> {
                String hash = body.path("contentHash").asString("");
                facts.put("window", body.path("window"));
                facts.put("trigger", body.path("trigger").asString(""));
                facts.put("schemaVersion", body.path("schemaVersion").asInt(0));
                String id = node(Kind.DATASET_VERSION, name, title, facts);
                edges.add(new Edge(version, id, "trained on"));
                if (origin.contentHash() != null && !origin.contentHash().equals(hash)) {
                    gaps.add(new Gap(id, "content hash: " + hash + " (expected: " + origin.contentHash() + ", as the manifest of the model says)"));
                }
                shards(id, body);
            }
        }
    }

    private void shards(String dataset, JsonNode body) {
        int left = MAX_SHARDS;
        int omitted = 0;
        String topic = body.path("topic").asString("");
        for (var partition : body.path("partitions").properties()) {
            JsonNode offsets = partition.getValue();
            String position = topic + "-" + partition.getKey();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("topic", topic);
            facts.put("partition", partition.getKey());
            facts.put("first", offsets.path("first"));
            facts.put("last", offsets.path("last"));
            facts.put("records", offsets.path("records"));
            String range = node(Kind.OFFSETS, position, position + " offsets " + offsets.path("first").asLong() + " to " + offsets.path("last").asLong(), facts);
            for (JsonNode file : offsets.path("files")) {
                if (left == 0) {
                    omitted++;
                    continue;
                }
                left--;
                shard(dataset, range, file);
            }
        }
        if (omitted > 0) {
            gaps.add(new Gap(dataset, omitted + " more parts of shard files are not drawn (the first " + MAX_SHARDS + " are)"));
        }
    }

    private void shard(String dataset, String range, JsonNode file) {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (String name : List.of("path", "checksum", "firstOffset", "lastOffset", "records", "skip", "take", "schemaVersion")) {
            facts.put(name, file.path(name));
        }
        // A shard may be taken from in parts, by split.
        String id = node(Kind.SHARD, file.path("path").asString("") + "@" + file.path("skip").asLong(), file.path("path").asString(""), facts);
        edges.add(new Edge(dataset, id, "contains " + file.path("take").asLong() + " records of"));
        edges.add(new Edge(id, range, "written from"));
    }

    private String node(Kind kind, String name, String title, Map<String, Object> facts) {
        String id = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + ":" + name;
        nodes.add(new Node(id, kind, title, facts));
        return id;
    }

    private Graph build() {
        return new Graph(nodes, edges, gaps);
    }
}
