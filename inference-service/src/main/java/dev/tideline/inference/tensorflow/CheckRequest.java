package dev.tideline.inference.tensorflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a child process is to prove, and how it is told so.
 *
 * @param anyOp      whether the graph may run whatever it likes
 * @param allowedOps exceptions from the list otherwise
 */
record CheckRequest(Path folder, Set<String> tags, boolean anyOp, Set<String> allowedOps) {

    CheckRequest {
        tags = Set.copyOf(tags);
        allowedOps = Set.copyOf(allowedOps);
    }

    List<String> arguments() {
        return List.of(folder.toString(), String.join(",", tags), Boolean.toString(anyOp), String.join(",", allowedOps));
    }

    static CheckRequest of(String[] arguments) {
        return new CheckRequest(Path.of(arguments[0]), words(arguments[1]), Boolean.parseBoolean(arguments[2]), words(arguments[3]));
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(","));
    }

    /** Looks at the file alone. @throws dev.tideline.inference.status.StatusException with what is wrong */
    void inspect() {
        SavedModelFile.find(folder);
        var graph = SavedModelFile.graph(folder, tags);
        RestoredVariables.check(folder, graph);
        if (!anyOp) {
            OpCheck.check(graph, new OpAllowList(allowedOps));
        }
    }
}
