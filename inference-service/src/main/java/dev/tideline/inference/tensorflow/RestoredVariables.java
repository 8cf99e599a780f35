package dev.tideline.inference.tensorflow;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.tensorflow.proto.MetaGraphDef;

/**
 * Refuses a graph whose variables are to be restored from files that are not there. TensorFlow loads it in silence, and each request then meets a
 * variable without a value; an export whose graph is written and whose variables are not yet looks like this for a while.
 */
final class RestoredVariables {

    static final String INDEX = "variables/variables.index";
    private static final Set<String> VARIABLES = Set.of("VarHandleOp", "VariableV2", "Variable");

    private RestoredVariables() {}

    /** @throws StatusException DATA_LOSS */
    static void check(Path folder, MetaGraphDef metaGraph) {
        if (metaGraph.getSaverDef().getRestoreOpName().isEmpty() || Files.isRegularFile(folder.resolve(INDEX))) {
            return;
        }
        long variables = metaGraph.getGraphDef().getNodeList().stream().filter(node -> VARIABLES.contains(node.getOp())).count();
        if (variables > 0) {
            throw new StatusException(StatusCode.DATA_LOSS, INDEX + ": not there (expected: values of the graph's " + variables
                    + " variables; is the export complete?)");
        }
    }
}
