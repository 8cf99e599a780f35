package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema against the sealed families, the examples of the documentation, and what the reader says. */
class DefinitionSchemaTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path DOCS = Path.of("..", "docs");
    /** Records that a definition calls by another name. */
    private static final Map<String, String> NAMES = Map.of("Identity", "none", "Activate", "activation");
    /** Components that a definition writes as other fields. */
    private static final Map<String, Set<String>> FIELDS = Map.of(
        "Conv2d/window", Set.of("kernel", "stride", "padding"), "DepthwiseConv2d/window", Set.of("kernel", "stride", "padding"),
        "MaxPool/window", Set.of("size", "stride", "padding"), "AveragePool/window", Set.of("size", "stride", "padding"),
        "Activate/activation", Set.of("function"));

    private static final List<String> GATE = List.of("metric", "minimumImprovement", "confidence", "minimumExamples", "unusableChampion",
        "slices", "minimumSliceRows", "thresholds", "limits");

    static Stream<Arguments> families() {
        return Stream.of(Arguments.of(Layer.class, "layer"), Arguments.of(Transform.class, "transform"), Arguments.of(Head.class, "head"),
            Arguments.of(Optimizer.class, "optimizer"), Arguments.of(Schedule.class, "rate"));
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyRecordAndEveryComponentIsInTheSchema(Class<?> family, String definition) {
        var expected = new TreeMap<String, Set<String>>();
        for (var record : family.getPermittedSubclasses()) {
            if (record != Schedule.Constant.class) {
                expected.put(name(record), fields(record));
            }
        }

        assertThat(variants(DefinitionSchema.NODE.at("/$defs/" + definition))).isEqualTo(expected);
    }

    @Test
    void theTopAndTheTrainingPlanAreComplete() {
        var top = new TreeSet<>(components(ModelDefinition.class));
        top.add("version");
        assertThat(properties(DefinitionSchema.NODE)).isEqualTo(top);
        assertThat(properties(DefinitionSchema.NODE.at("/properties/inputs/items"))).isEqualTo(components(Input.class));
        assertThat(properties(DefinitionSchema.NODE.at("/properties/training"))).isEqualTo(components(TrainingPlan.class));
        assertThat(properties(DefinitionSchema.NODE.at("/properties/gate"))).containsAll(GATE);
        assertThat(properties(DefinitionSchema.NODE.at("/properties/training/properties/earlyStopping"))).isEqualTo(components(EarlyStopping.class));
        assertThat(properties(DefinitionSchema.NODE.at("/properties/training/properties/input"))).isEqualTo(components(InputPlan.class));
    }

    @Test
    void theReaderKnowsTheSameLayers() {
        assertThat(variants(DefinitionSchema.NODE.at("/$defs/layer")).keySet()).containsExactlyInAnyOrderElementsOf(LayerReader.CHOICES);
    }

    static Stream<Arguments> examples() throws IOException {
        var found = new ArrayList<Arguments>();
        for (var page : List.of(DOCS.resolve("how-to/models.md"), DOCS.resolve("reference/model-definition.md"), Path.of("README.md"))) {
            var blocks = Pattern.compile("```(yaml|json)\\R(.*?)```", Pattern.DOTALL).matcher(Files.readString(page));
            for (int i = 1; blocks.find(); i++) {
                var text = blocks.group(2);
                found.add(Arguments.of(page.getFileName() + " example " + i, blocks.group(1).equals("yaml")
                    ? YamlReader.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) : JSON.readTree(text)));
            }
        }
        return found.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void everyExampleOfTheDocumentationIsValid(String place, JsonNode definition) {
        assertThat(DefinitionSchema.objections(definition)).isEmpty();
        assertThat(DefinitionReader.read(definition).dataset()).isNotBlank();
    }

    @Test
    void thereAreExamplesToCheck() throws IOException {
        assertThat(examples()).hasSizeGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", "{\"dataset\":\"d\"}", "{\"dataset\":\"d\",\"head\":\"tertiary\"}", "{\"dataset\":\"d\",\"head\":\"binary\",\"colour\":1}",
        "{\"dataset\":\"d\",\"head\":\"binary\",\"layers\":[\"dense\"]}", "{\"dataset\":\"d\",\"head\":\"binary\",\"layers\":[{\"dense\":{\"units\":0}}]}",
        "{\"dataset\":\"d\",\"head\":\"binary\",\"version\":2}", "{\"dataset\":\"d\",\"head\":{\"quantile\":{\"quantiles\":[1.5]}}}",
        "{\"dataset\":\"d\",\"head\":\"binary\",\"optimizer\":{\"sgd\":{\"learningRate\":{\"cosine\":{\"ends\":1}}}}}",
        "{\"dataset\":\"d\",\"head\":\"binary\",\"inputs\":[{\"feature\":\"x\",\"transform\":\"image\"}]}"})
    void whatTheReaderRefusesTheSchemaRefusesToo(String text) {
        assertThat(DefinitionSchema.objections(JSON.readTree(text))).isNotEmpty();
    }

    private static String name(Class<?> record) {
        var simple = record.getSimpleName();
        return NAMES.getOrDefault(simple, Character.toLowerCase(simple.charAt(0)) + simple.substring(1));
    }

    private static Set<String> fields(Class<?> record) {
        var fields = new TreeSet<String>();
        for (var component : components(record)) {
            fields.addAll(FIELDS.getOrDefault(record.getSimpleName() + "/" + component, Set.of(component)));
        }
        return fields;
    }

    private static Set<String> components(Class<?> record) {
        return new TreeSet<>(Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList());
    }

    private static Map<String, Set<String>> variants(JsonNode family) {
        var variants = new TreeMap<String, Set<String>>();
        for (var alternative : family.get("oneOf")) {
            var properties = alternative.get("properties");
            if (properties != null) {
                var name = properties.propertyNames().iterator().next();
                variants.put(name, properties(properties.get(name)));
            }
        }
        return variants;
    }

    private static Set<String> properties(JsonNode object) {
        return new TreeSet<>(object.get("properties").propertyNames());
    }
}
