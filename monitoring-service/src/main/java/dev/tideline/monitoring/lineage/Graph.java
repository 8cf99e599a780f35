package dev.tideline.monitoring.lineage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What something was made from, and from what that was made.
 *
 * @param nodes the first one is what was asked about
 * @param edges from a thing to what it was made from
 * @param gaps  what should be known and is not, and why
 */
public record Graph(List<Node> nodes, List<Edge> edges, List<Gap> gaps) {

    public enum Kind { PREDICTION, MODEL_VERSION, TRAINING_JOB, TRAINING_REQUEST, DATASET_VERSION, SHARD, OFFSETS }

    /**
     * @param id    unique in the graph
     * @param title one line for people
     * @param facts by name, in reading order
     */
    public record Node(String id, Kind kind, String title, Map<String, Object> facts) {
        public Node {
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        }
    }

    /** @param relation such as {@code answered by} */
    public record Edge(String from, String to, String relation) {}

    /** @param node the node beyond which nothing is known */
    public record Gap(String node, String reason) {}

    public Graph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        gaps = List.copyOf(gaps);
    }

    /** This graph behind {@code node}, which was made from the first one. */
    public Graph behind(Node node, String relation, List<Node> more, List<Edge> moreEdges) {
        List<Node> all = new ArrayList<>(List.of(node));
        all.addAll(nodes);
        all.addAll(more);
        List<Edge> allEdges = new ArrayList<>(List.of(new Edge(node.id(), nodes.getFirst().id(), relation)));
        allEdges.addAll(edges);
        allEdges.addAll(moreEdges);
        return new Graph(all, allEdges, gaps);
    }
}
