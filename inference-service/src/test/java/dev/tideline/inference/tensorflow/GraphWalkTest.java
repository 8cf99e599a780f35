package dev.tideline.inference.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

class GraphWalkTest {

    private static NodeDef.Builder node(String name, String op, String... inputs) {
        return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs));
    }

    private static FunctionDef function(String name, NodeDef.Builder... body) {
        FunctionDef.Builder function = FunctionDef.newBuilder().setSignature(OpDef.newBuilder().setName(name));
        List.of(body).forEach(function::addNodeDef);
        return function.build();
    }

    private static AttrValue func(String name) {
        return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
    }

    @Test
    void followsDataAndControlInputsAndNothingElse() {
        GraphDef graph = GraphDef.newBuilder().addNode(node("x", "Placeholder")).addNode(node("log", "WriteFile"))
                .addNode(node("y", "Mul", "x:0", "^log")).addNode(node("save", "SaveV2", "x")).build();

        assertThat(new GraphWalk(graph).ops(List.of("y:0"))).containsOnlyKeys("Mul", "Placeholder", "WriteFile");
    }

    @Test
    void looksIntoFunctionsThatAreCalledNamedOrListed() {
        AttrValue branches = AttrValue.newBuilder().setList(
                AttrValue.ListValue.newBuilder().addFunc(NameAttrList.newBuilder().setName("listed"))).build();
        GraphDef graph = GraphDef.newBuilder()
                .addNode(node("a", "called")).addNode(node("b", "PartitionedCall", "a").putAttr("f", func("named")))
                .addNode(node("c", "Case", "b").putAttr("branches", branches))
                .setLibrary(org.tensorflow.proto.FunctionDefLibrary.newBuilder()
                        .addFunction(function("called", node("i", "ReadFile"))).addFunction(function("named", node("j", "inner")))
                        .addFunction(function("inner", node("k", "PyFunc"))).addFunction(function("listed", node("l", "Abort")))
                        .addFunction(function("unused", node("m", "WriteFile")))).build();

        assertThat(new GraphWalk(graph).ops(List.of("c"))).containsOnlyKeys("Case", "PartitionedCall", "ReadFile", "PyFunc", "Abort");
    }

    @Test
    void endsOnCyclesAndUnknownNames() {
        GraphDef graph = GraphDef.newBuilder().addNode(node("a", "Merge", "b")).addNode(node("b", "NextIteration", "a", "gone"))
                .setLibrary(org.tensorflow.proto.FunctionDefLibrary.newBuilder().addFunction(function("f", node("n", "f")))).build();

        assertThat(new GraphWalk(graph).ops(List.of("a", "missing"))).containsOnlyKeys("Merge", "NextIteration");
    }
}
