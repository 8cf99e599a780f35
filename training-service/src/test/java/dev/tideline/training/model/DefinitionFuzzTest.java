package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Damaged definitions: the reader lists problems or accepts, and never fails in another way. */
class DefinitionFuzzTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Schema SCHEMA = new Schema(1, List.of(FeatureSpec.scalar("x", Kind.FLOAT), FeatureSpec.scalar("n", Kind.INT),
        FeatureSpec.scalar("c", Kind.TEXT), FeatureSpec.scalar("photo", Kind.BYTES), FeatureSpec.scalar("y", Kind.INT)), "y", null, null);
    private static final List<String> SEEDS = List.of(
        """
        {"version":1,"dataset":"d","inputs":[{"feature":"x","transform":"log"},{"name":"place","feature":"c","transform":{"cross":{"with":["n"],
         "buckets":50}}},{"feature":"n","transform":{"embedding":{"dimensions":4,"size":20,"oov":2}}},{"feature":"x","transform":{"clip":{"min":0,
         "max":5}}}],"layers":[{"branches":{"combine":"concat","named":{"wide":{"inputs":["place"]},"deep":{"inputs":["x","n"],"layers":[
         {"dense":{"units":8,"activation":"relu","l2":0.1}},{"batchNorm":{"momentum":0.9}},{"dropout":{"rate":0.5}}]}}}}],
         "head":{"binary":{"positive":"1","classWeights":{"1":2}}},"weight":"x","optimizer":{"adamW":{"learningRate":{"warmUp":{"steps":5,
         "then":{"cosine":{"rate":0.01}}}}}},"training":{"epochs":2,"batchSize":32,"replicas":2,"precision":"bfloat16",
         "earlyStopping":{"metric":"auc","patience":2}},"gate":{"metric":"auc","thresholds":{"auc":0.5}}}""",
        """
        {"dataset":"d","inputs":[{"feature":"photo","transform":{"image":{"height":16,"width":16,"channels":3}}},{"feature":"x"}],
         "layers":[{"conv2d":{"filters":4,"kernel":[3,3],"stride":1,"padding":"same","activation":"relu"}},{"maxPool":{"size":2}},
         {"residual":{"layers":[{"depthwiseConv2d":{"kernel":3}},{"conv2d":{"filters":8,"kernel":1,"stride":2}}],"activation":"relu"}},
         "globalAveragePool",{"concat":{"inputs":["x"]}},{"reshape":{"shape":[9]}}],"head":{"quantile":{"quantiles":[0.1,0.9]}}}""");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damageNeverBreaksTheReader(long seed) {
        var random = new SplittableRandom(seed);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            var definition = JSON.readTree(SEEDS.get(random.nextInt(SEEDS.size())));
            for (int damages = random.nextInt(1, 4); damages > 0; damages--) {
                damage(definition, random);
            }
            try {
                var read = DefinitionReader.read(definition);
                assertThat(DefinitionSchema.objections(definition)).as(definition.toString()).isEmpty();
                assertThat(DefinitionCheck.problems(read, SCHEMA)).allSatisfy(problem -> assertThat(problem.expected()).isNotBlank());
                accepted++;
            } catch (InvalidDefinitionException invalid) {
                assertThat(invalid.problems()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.code()).isNotBlank();
                    assertThat(problem.expected()).isNotBlank();
                    assertThat(problem.pointer()).matches("(/.*)?");
                });
                refused++;
            }
        }
        assertThat(accepted).isPositive();
        assertThat(refused).isGreaterThan(accepted);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void noBytesBreakTheYamlReader(long seed) {
        var random = new SplittableRandom(seed);
        var alphabet = "{}[]:,-&*!|>'\"%@`#? \n\tab01~".getBytes(StandardCharsets.US_ASCII);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            var bytes = new byte[random.nextInt(1, 40)];
            for (int b = 0; b < bytes.length; b++) {
                bytes[b] = random.nextInt(50) == 0 ? (byte) random.nextInt(256) : alphabet[random.nextInt(alphabet.length)];
            }
            try {
                assertThat(YamlReader.read(bytes)).isNotNull();
            } catch (InvalidDefinitionException invalid) {
                assertThat(invalid.problems()).hasSize(1);
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void theSeedsThemselvesAreFine() {
        for (var seed : SEEDS) {
            assertThat(DefinitionSchema.objections(JSON.readTree(seed))).isEmpty();
            assertThat(DefinitionReader.read(JSON.readTree(seed)).dataset()).isEqualTo("d");
        }
    }

    /** Changes, removes, adds or moves one node. */
    private static void damage(JsonNode root, SplittableRandom random) {
        var places = new ArrayList<JsonNode>();
        collect(root, places);
        var place = places.get(random.nextInt(places.size()));
        var value = value(root, random);
        if (place instanceof ObjectNode object) {
            var names = List.copyOf(object.propertyNames());
            int choice = random.nextInt(5);
            if (choice == 0 || names.isEmpty()) {
                object.set(random.nextBoolean() ? "extra" : "units", value);
            } else if (choice == 1) {
                object.remove(names.get(random.nextInt(names.size())));
            } else {
                object.set(names.get(random.nextInt(names.size())), value);
            }
        } else if (place instanceof ArrayNode array) {
            if (array.isEmpty() || random.nextInt(3) == 0) {
                array.add(value);
            } else {
                array.set(random.nextInt(array.size()), value);
            }
        }
    }

    private static JsonNode value(JsonNode root, SplittableRandom random) {
        var all = new ArrayList<JsonNode>();
        collect(root, all);
        return switch (random.nextInt(10)) {
            case 0 -> JSON.readTree("-1");
            case 1 -> JSON.readTree("1e300");
            case 2 -> JSON.readTree("99999999999999999999");
            case 3 -> JSON.readTree("\"balanced\"");
            case 4 -> JSON.readTree("\"\"");
            case 5 -> JSON.readTree("[]");
            case 6 -> JSON.readTree("{}");
            case 7 -> JSON.readTree(String.valueOf(random.nextInt(1, 70_000)));
            case 8 -> JSON.readTree(random.nextBoolean() ? "true" : "\"" + LayerReader.CHOICES.get(random.nextInt(16)) + "\"");
            default -> all.get(random.nextInt(all.size())).deepCopy();
        };
    }

    /** Every object and array. */
    private static void collect(JsonNode node, List<JsonNode> found) {
        if (node.isContainer()) {
            found.add(node);
            node.forEach(child -> collect(child, found));
        }
    }
}
