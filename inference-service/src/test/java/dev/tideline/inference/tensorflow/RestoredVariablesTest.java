package dev.tideline.inference.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;

class RestoredVariablesTest {

    @TempDir
    Path folder;

    private static MetaGraphDef graph(String restore, String... ops) {
        GraphDef.Builder graph = GraphDef.newBuilder();
        for (String op : ops) {
            graph.addNode(NodeDef.newBuilder().setName("n" + graph.getNodeCount()).setOp(op));
        }
        return MetaGraphDef.newBuilder().setGraphDef(graph).setSaverDef(SaverDef.newBuilder().setRestoreOpName(restore)).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"VarHandleOp", "VariableV2", "Variable"})
    void refusesVariablesWithoutValues(String op) throws IOException {
        Files.createDirectory(folder.resolve("variables"));

        assertThatThrownBy(() -> RestoredVariables.check(folder, graph("save/restore_all", op, "Identity", op)))
                .isInstanceOfSatisfying(StatusException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.DATA_LOSS))
                .hasMessageContaining("values of the graph's 2 variables");
    }

    @Test
    void takesWhatHasItsValues() throws IOException {
        Files.createDirectory(folder.resolve("variables"));
        Files.createFile(folder.resolve(RestoredVariables.INDEX));

        assertThatCode(() -> RestoredVariables.check(folder, graph("save/restore_all", "VarHandleOp"))).doesNotThrowAnyException();
    }

    /** Such as a graph that computes only, or one whose variables get their values from its own initialisation. */
    @Test
    void takesWhatRestoresNothing() {
        assertThatCode(() -> RestoredVariables.check(folder, graph("save/restore_all", "Const"))).doesNotThrowAnyException();
        assertThatCode(() -> RestoredVariables.check(folder, graph("", "VarHandleOp"))).doesNotThrowAnyException();
    }
}
