package dev.tideline.inference.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.tideline.inference.status.StatusException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

class TableFilesTest {

    private static NodeDef.Builder node(String name, String op, String... inputs) {
        return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs));
    }

    private static NodeDef.Builder path(String name, String text) {
        return node(name, "Const").putAttr("value", AttrValue.newBuilder().setTensor(TensorProto.newBuilder()
                .setDtype(DataType.DT_STRING).addStringVal(ByteString.copyFromUtf8(text))).build());
    }

    private static NodeDef.Builder initialiser(String file) {
        return node("fill", "InitializeTableFromTextFileV2", "table", file);
    }

    private static FunctionDef function(String name, String argument, NodeDef.Builder... body) {
        FunctionDef.Builder function = FunctionDef.newBuilder().setSignature(OpDef.newBuilder().setName(name)
                .addInputArg(OpDef.ArgDef.newBuilder().setName("table")).addInputArg(OpDef.ArgDef.newBuilder().setName(argument)));
        List.of(body).forEach(function::addNodeDef);
        return function.build();
    }

    private static NodeDef.Builder call(String function, String... inputs) {
        return node("call", "StatefulPartitionedCall", inputs).putAttr("f",
                AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build());
    }

    private static MetaGraphDef model(GraphDef.Builder graph, String... assetFiles) {
        MetaGraphDef.Builder model = MetaGraphDef.newBuilder().setGraphDef(graph);
        for (String file : assetFiles) {
            model.addAssetFileDef(AssetFileDef.newBuilder().setFilename(file).setTensorInfo(TensorInfo.newBuilder().setName("asset:0")));
        }
        return model.build();
    }

    private static GraphDef.Builder graph(NodeDef.Builder... nodes) {
        GraphDef.Builder graph = GraphDef.newBuilder();
        List.of(nodes).forEach(graph::addNode);
        return graph;
    }

    @Test
    void ownAssetsFillTables() {
        assertThat(TableFiles.foreign(model(graph(path("asset", "vocabulary.txt"), node("same", "Identity", "asset:0"), initialiser("same")),
                "vocabulary.txt"))).isEmpty();
    }

    @Test
    void ownAssetsFillTablesThroughFunctionsAndVariables() {
        FunctionDefLibrary functions = FunctionDefLibrary.newBuilder().addFunction(function("init", "file", initialiser("file"))).build();
        NodeDef.Builder assign = node("assign", "AssignVariableOp", "variable", "asset")
                .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_STRING).build());

        assertThat(TableFiles.foreign(model(graph(path("asset", "v"), call("init", "table", "asset")).setLibrary(functions), "v"))).isEmpty();
        assertThat(TableFiles.foreign(model(graph(path("asset", "v"), node("variable", "VarHandleOp"), assign,
                node("read", "ReadVariableOp", "variable"), call("init", "table", "read")).setLibrary(functions), "v"))).isEmpty();
    }

    @Test
    void pathsInTheGraphAreNamed() {
        assertThat(TableFiles.foreign(model(graph(path("evil", "/etc/passwd"), node("same", "Identity", "evil"), initialiser("same:0")))))
                .containsExactly("/etc/passwd (node evil)");
    }

    @Test
    void pathsThatArePutTogetherAreNamed() {
        assertThat(TableFiles.foreign(model(graph(path("asset", "v"), path("up", "/../../secret"),
                node("join", "StringJoin", "asset", "up"), initialiser("join")), "v"))).containsExactly("/../../secret (node up)");
    }

    @Test
    void pathsInFunctionsOrGivenToThemAreNamed() {
        FunctionDef inside = function("inside", "unused", path("evil", "/inside"), initialiser("evil:output:0"));
        FunctionDef outside = function("outside", "file", initialiser("file"));
        FunctionDef middle = function("middle", "passed", call("outside", "table", "passed"));
        FunctionDef given = function("given", "unused", path("result", "/returned"));
        GraphDef.Builder graph = graph(path("evil", "/outside"), call("middle", "table", "evil"),
                node("made", "given", "table"), initialiser("made")).setLibrary(FunctionDefLibrary.newBuilder()
                .addFunction(inside).addFunction(outside).addFunction(middle).addFunction(given));

        assertThat(TableFiles.foreign(model(graph)))
                .containsExactly("/inside (node evil)", "/outside (node evil)", "/returned (node result)");
    }

    @Test
    void pathsInVariablesAreNamed() {
        NodeDef.Builder assign = node("assign", "AssignVariableOp", "variable", "evil")
                .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_STRING).build());

        assertThat(TableFiles.foreign(model(graph(path("evil", "/kept"), node("variable", "VarHandleOp"), assign,
                node("read", "ReadVariableOp", "variable"), initialiser("read"))))).containsExactly("/kept (node evil)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/passwd", "a/../../secret", "a\0b"})
    void assetsOutsideOfTheModelAreNamed(String file) {
        assertThat(TableFiles.foreign(model(graph(), file))).containsExactly("asset " + file);
        assertThatThrownBy(() -> OpCheck.check(model(graph(), file), new OpAllowList(List.of()))).isInstanceOf(StatusException.class)
                .hasMessageContaining("asset " + file).hasMessageContaining("expected: assets of the model");
    }

    @Test
    void exceptionsAreNamedByTheirOp() {
        MetaGraphDef model = model(graph(path("wanted", "/data/vocabulary"), initialiser("wanted")));

        OpCheck.check(model, new OpAllowList(List.of("InitializeTableFromTextFileV2")));
        assertThatThrownBy(() -> OpCheck.check(model, new OpAllowList(List.of()))).hasMessageContaining("/data/vocabulary");
    }
}
