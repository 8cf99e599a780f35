package dev.tideline.inference.tensorflow;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Finds what would run to compute some tensors of a graph. Nodes that nothing depends on never run; the bodies of functions count whole,
 * because TensorFlow runs their stateful nodes whether or not anything depends on them.
 */
final class GraphWalk {

    private final Map<String, NodeDef> nodes = new HashMap<>();
    private final Map<String, FunctionDef> functions = new HashMap<>();

    GraphWalk(GraphDef graph) {
        graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
        graph.getLibrary().getFunctionList().forEach(function -> functions.put(function.getSignature().getName(), function));
    }

    /**
     * @param tensors names of tensors or nodes, such as {@code y:0}; unknown ones are passed over
     * @return the op types that run, each with one node that has it
     */
    Map<String, String> ops(Collection<String> tensors) {
        Map<String, String> found = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        Set<String> called = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        tensors.forEach(tensor -> open.add(node(tensor)));
        while (!open.isEmpty()) {
            NodeDef node = nodes.get(open.poll());
            if (node != null && seen.add(node.getName())) {
                visit(node, found, called);
                node.getInputList().forEach(input -> open.add(node(input)));
            }
        }
        return found;
    }

    private void visit(NodeDef start, Map<String, String> found, Set<String> called) {
        Deque<NodeDef> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            NodeDef node = open.poll();
            if (functions.containsKey(node.getOp())) {
                call(node.getOp(), called, open);
            } else {
                found.putIfAbsent(node.getOp(), node.getName());
            }
            for (AttrValue value : node.getAttrMap().values()) {
                if (value.hasFunc()) {
                    call(value.getFunc().getName(), called, open);
                }
                value.getList().getFuncList().forEach(function -> call(function.getName(), called, open));
            }
        }
    }

    private void call(String name, Set<String> called, Deque<NodeDef> open) {
        FunctionDef function = functions.get(name);
        if (function != null && called.add(name)) {
            open.addAll(function.getNodeDefList());
        }
    }

    /** {@code ^x} is a control input, {@code x:1} the second output of x. */
    static String node(String tensor) {
        int start = tensor.startsWith("^") ? 1 : 0;
        int colon = tensor.indexOf(':');
        return tensor.substring(start, colon < 0 ? tensor.length() : colon);
    }
}
