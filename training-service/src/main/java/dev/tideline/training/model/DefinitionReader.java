package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads model definitions from JSON and reports every problem of one at once. */
public final class DefinitionReader {

    private DefinitionReader() {}

    /** @throws InvalidDefinitionException with all problems of form; what the dataset must have is checked elsewhere */
    public static ModelDefinition read(JsonNode json) {
        var problems = new ArrayList<Problem>();
        var fields = new Fields(json, "", problems);
        // The form of a definition; a later form will be told apart by its number.
        fields.integer("version", 1, 1, 1);
        var dataset = fields.requiredText("dataset");
        var inputs = inputs(fields, problems);
        var layers = LayerReader.list(fields, "layers");
        var head = HeadReader.read(fields);
        var weight = fields.text("weight");
        var optimizer = OptimizerReader.read(fields.node("optimizer"), fields.pointer() + "/optimizer", problems);
        var training = TrainingReader.read(fields.object("training"), head);
        var gate = GateReader.read(fields.object("gate"), head);
        fields.done();
        if (!problems.isEmpty()) {
            throw new InvalidDefinitionException(problems);
        }
        return new ModelDefinition(dataset, inputs, layers, head, weight, optimizer, training, gate);
    }

    private static List<Input> inputs(Fields fields, Collection<Problem> problems) {
        var inputs = new ArrayList<Input>();
        var seen = new HashSet<Input>();
        for (var item : items(fields, "inputs")) {
            var input = new Fields(item.node(), item.pointer(), fields.problems());
            var feature = input.requiredText("feature");
            var transform = input.node("transform");
            var name = input.text("name");
            var read = new Input(name == null ? feature : name, feature, transform == null ? new Transform.Standardise()
                : TransformReader.read(transform, item.pointer() + "/transform", fields.problems()));
            input.done();
            if (!seen.add(read)) {
                problems.add(new Problem("DUPLICATE", item.pointer(), feature, "each feature once per name and transform"));
            }
            inputs.add(read);
        }
        return inputs;
    }

    private static List<Item> items(Fields fields, String name) {
        var node = fields.node(name);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            fields.problem("WRONG_TYPE", name, node, "an array");
            return List.of();
        }
        var items = new ArrayList<Item>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new Item(node.get(i), fields.pointer() + "/" + name + "/" + i));
        }
        return items;
    }

    private record Item(JsonNode node, String pointer) {}
}
