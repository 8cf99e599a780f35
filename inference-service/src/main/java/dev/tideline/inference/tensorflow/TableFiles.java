package dev.tideline.inference.tensorflow;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Which files fill a model's lookup tables: only its own assets may, whose paths TensorFlow puts in place of certain constants. A path that
 * stands in the graph as text would read any file of this machine. Follows what file names are made of backwards, through function
 * calls and variables; where it cannot be exact it looks at more rather than at less.
 */
final class TableFiles {

    static final String INITIALISER = "InitializeTableFromTextFileV2";
    private static final Set<String> INITIALISERS = Set.of("InitializeTableFromTextFile", INITIALISER);
    private static final Set<String> VARIABLES = Set.of("VarHandleOp", "VariableV2", "Variable");
    private static final Set<String> ASSIGNMENTS = Set.of("AssignVariableOp", "Assign");
    private static final String MAIN = "";

    /** A node of the main graph, or of a function's body. */
    private record Place(String scope, NodeDef node) {}

    private final Map<String, Map<String, NodeDef>> scopes = new LinkedHashMap<>();
    private final Map<String, List<String>> arguments = new HashMap<>();
    private final Set<String> assets = new HashSet<>();
    private final Deque<Place> open = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final SortedSet<String> foreign = new TreeSet<>();

    private TableFiles(MetaGraphDef metaGraph) {
        scopes.put(MAIN, byName(metaGraph.getGraphDef().getNodeList()));
        for (FunctionDef function : metaGraph.getGraphDef().getLibrary().getFunctionList()) {
            String name = function.getSignature().getName();
            scopes.put(name, byName(function.getNodeDefList()));
            arguments.put(name, function.getSignature().getInputArgList().stream().map(argument -> argument.getName()).toList());
        }
        for (AssetFileDef asset : metaGraph.getAssetFileDefList()) {
            assets.add(GraphWalk.node(asset.getTensorInfo().getName()));
            if (leavesTheModel(asset.getFilename())) {
                foreign.add("asset " + asset.getFilename());
            }
        }
    }

    private static boolean leavesTheModel(String filename) {
        try {
            Path file = Path.of(filename).normalize();
            return file.isAbsolute() || file.startsWith("..");
        } catch (InvalidPathException e) {
            return true;
        }
    }

    private static Map<String, NodeDef> byName(List<NodeDef> nodes) {
        Map<String, NodeDef> byName = new HashMap<>();
        nodes.forEach(node -> byName.put(node.getName(), node));
        return byName;
    }

    /** Files outside of the model that would be read, as messages show them; none when all is well. */
    static List<String> foreign(MetaGraphDef metaGraph) {
        TableFiles files = new TableFiles(metaGraph);
        files.scopes.forEach((scope, nodes) -> nodes.values().forEach(node -> {
            if (INITIALISERS.contains(node.getOp()) && node.getInputCount() > 1) {
                files.follow(scope, node.getInput(1));
            }
        }));
        while (!files.open.isEmpty()) {
            files.visit(files.open.poll());
        }
        return new ArrayList<>(files.foreign);
    }

    private void follow(String scope, String tensor) {
        if (tensor.startsWith("^")) {
            return;
        }
        String name = GraphWalk.node(tensor);
        if (!seen.add(scope + "\n" + name)) {
            return;
        }
        NodeDef node = scopes.get(scope).get(name);
        if (node != null) {
            open.add(new Place(scope, node));
        } else if (!scope.equals(MAIN)) {
            followArgument(scope, arguments.get(scope).indexOf(name));
        }
    }

    private void visit(Place place) {
        NodeDef node = place.node();
        if (node.getOp().equals("Const")) {
            if (!place.scope().equals(MAIN) || !assets.contains(node.getName())) {
                constant(node);
            }
            return;
        }
        if (VARIABLES.contains(node.getOp())) {
            followAssignments();
        }
        called(node).forEach(function -> scopes.getOrDefault(function, Map.of()).keySet().forEach(name -> follow(function, name)));
        node.getInputList().forEach(input -> follow(place.scope(), input));
    }

    private void constant(NodeDef node) {
        AttrValue value = node.getAttrOrDefault("value", AttrValue.getDefaultInstance());
        if (value.getTensor().getDtype() == DataType.DT_STRING) {
            foreign.add(value.getTensor().getStringValCount() == 0 ? "node " + node.getName()
                    : value.getTensor().getStringVal(0).toStringUtf8() + " (node " + node.getName() + ")");
        }
    }

    /** By every call: exactly where the op is the call, over all its inputs where they are arranged otherwise. */
    private void followArgument(String function, int position) {
        scopes.forEach((scope, nodes) -> nodes.values().forEach(node -> {
            if (called(node).contains(function)) {
                boolean plain = node.getOp().equals(function) || node.getOp().endsWith("PartitionedCall");
                if (plain && position >= 0 && position < node.getInputCount()) {
                    follow(scope, node.getInput(position));
                } else {
                    node.getInputList().forEach(input -> follow(scope, input));
                }
            }
        }));
    }

    /** Of any string variable: which one was meant is known only when it runs. */
    private void followAssignments() {
        scopes.forEach((scope, nodes) -> nodes.values().forEach(node -> {
            if (ASSIGNMENTS.contains(node.getOp()) && node.getInputCount() > 1
                    && (node.getAttrOrDefault("dtype", AttrValue.getDefaultInstance()).getType() == DataType.DT_STRING
                    || node.getAttrOrDefault("T", AttrValue.getDefaultInstance()).getType() == DataType.DT_STRING)) {
                follow(scope, node.getInput(1));
            }
        }));
    }

    private List<String> called(NodeDef node) {
        List<String> called = new ArrayList<>();
        if (arguments.containsKey(node.getOp())) {
            called.add(node.getOp());
        }
        for (AttrValue value : node.getAttrMap().values()) {
            if (value.hasFunc()) {
                called.add(value.getFunc().getName());
            }
            value.getList().getFuncList().forEach(function -> called.add(function.getName()));
        }
        return called;
    }
}
