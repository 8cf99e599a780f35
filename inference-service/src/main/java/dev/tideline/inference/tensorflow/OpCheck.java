package dev.tideline.inference.tensorflow;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensorflow.OpAllowList.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SaverDef;

/** Refuses a graph that would run what it must not. Looks at the file alone; nothing of the model runs for it. */
final class OpCheck {

    /** Under which a SavedModel names what runs once after its variables are restored: TensorFlow 1, then 2. */
    private static final List<String> INIT_COLLECTIONS = List.of("saved_model_main_op", "legacy_init_op");
    private static final int MAX_NAMED = 10;

    private OpCheck() {}

    /** @throws StatusException PERMISSION_DENIED that names the ops and their nodes, or the files */
    static void check(MetaGraphDef metaGraph, OpAllowList allowed) {
        GraphWalk walk = new GraphWalk(metaGraph.getGraphDef());
        SortedSet<String> refused = new TreeSet<>();
        for (Use use : Use.values()) {
            walk.ops(roots(metaGraph, use)).forEach((op, node) -> {
                if (!allowed.allows(op, use)) {
                    refused.add(op + " (node " + node + ")");
                }
            });
        }
        if (!refused.isEmpty()) {
            throw new StatusException(StatusCode.PERMISSION_DENIED, "ops: " + String.join(", ", refused.stream().limit(MAX_NAMED).toList())
                    + (refused.size() > MAX_NAMED ? " and " + (refused.size() - MAX_NAMED) + " more" : "")
                    + " (expected: ops that reach nothing outside of the model; tideline.inference.tensorflow.allowed-ops names exceptions)");
        }
        checkFiles(metaGraph, allowed);
    }

    /** Whoever trusts the op anywhere trusts it with any file. */
    private static void checkFiles(MetaGraphDef metaGraph, OpAllowList allowed) {
        List<String> files = TableFiles.foreign(metaGraph);
        if (!files.isEmpty() && !allowed.allows(TableFiles.INITIALISER, Use.SERVING)) {
            throw new StatusException(StatusCode.PERMISSION_DENIED, "files: " + String.join(", ", files.stream().limit(MAX_NAMED).toList())
                    + " (expected: assets of the model; " + TableFiles.INITIALISER + " in tideline.inference.tensorflow.allowed-ops"
                    + " permits others)");
        }
    }

    private static List<String> roots(MetaGraphDef metaGraph, Use use) {
        List<String> roots = new ArrayList<>();
        switch (use) {
            case SERVING -> metaGraph.getSignatureDefMap().forEach((name, signature) -> {
                if (!name.equals(Signatures.INIT_OP)) {
                    signature.getOutputsMap().values().forEach(output -> roots.add(output.getName()));
                    signature.getInputsMap().values().forEach(input -> roots.add(input.getName()));
                }
            });
            case INITIALISATION -> {
                for (String key : INIT_COLLECTIONS) {
                    CollectionDef collection = metaGraph.getCollectionDefOrDefault(key, CollectionDef.getDefaultInstance());
                    roots.addAll(collection.getNodeList().getValueList());
                }
                if (metaGraph.containsSignatureDef(Signatures.INIT_OP)) {
                    metaGraph.getSignatureDefOrThrow(Signatures.INIT_OP).getOutputsMap().values().forEach(o -> roots.add(o.getName()));
                }
            }
            case RESTORE -> {
                SaverDef saver = metaGraph.getSaverDef();
                roots.addAll(List.of(saver.getRestoreOpName(), saver.getFilenameTensorName()));
            }
        }
        return roots;
    }
}
