package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Problem;
import dev.tideline.tfrecord.Example;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What holds of records whatever the schema is. Schemas and records come from seeds. */
class RecordRoundTripTest {

    private static final int ROUNDS = 300;
    private static final List<List<Integer>> SHAPES = List.of(List.of(), List.of(), List.of(1), List.of(3), List.of(2, 3), List.of(1, 2, 2));
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aRecordComesBackFromItsBytesAsTheJsonThatItWas(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            RecordConverter converter = new RecordConverter(schema(random));
            ObjectNode record = record(converter.schema(), random);

            Example example = converted(converter.fromJson(record));

            JsonNode back = converter.toJson(Example.decode(example.encode()));
            assertThat(parsed(back)).as(record.toString()).isEqualTo(parsed(record));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void anExampleThatWasConvertedKeepsToTheSchemaAndConvertsToItself(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            RecordConverter converter = new RecordConverter(schema(random));
            Example example = converted(converter.fromJson(record(converter.schema(), random)));

            assertThat(converted(converter.check(example))).isEqualTo(example);
            assertThat(converted(converter.fromJson(converter.toJson(example)))).isEqualTo(example);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void theFeaturesThatAreWrongAreNamedAllAtOnceAndNoOthers(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            RecordConverter converter = new RecordConverter(schema(random));
            ObjectNode record = record(converter.schema(), random);
            Set<String> wrong = new HashSet<>();
            for (FeatureSpec spec : converter.schema().features()) {
                if (random.nextInt(3) == 0 && damage(record, spec, random)) {
                    wrong.add("/" + spec.name());
                }
            }

            Conversion conversion = converter.fromJson(record);

            Set<String> named = new HashSet<>();
            if (conversion instanceof Conversion.Invalid(List<Problem> problems)) {
                problems.forEach(problem -> named.add(problem.pointer().replaceFirst("(/[^/]+).*", "$1")));
            }
            assertThat(named).as(record.toString()).isEqualTo(wrong);
        }
    }

    private static Schema schema(Random random) {
        List<FeatureSpec> features = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            features.add(new FeatureSpec("f" + i, Kind.values()[random.nextInt(4)], SHAPES.get(random.nextInt(SHAPES.size())), random.nextBoolean(),
                    null, null));
        }
        return new Schema(1, features, null, null, null);
    }

    private static ObjectNode record(Schema schema, Random random) {
        ObjectNode record = NODES.objectNode();
        for (FeatureSpec spec : schema.features()) {
            if (spec.required() || random.nextBoolean()) {
                record.set(spec.name(), value(spec, 0, random));
            }
        }
        return record;
    }

    private static JsonNode value(FeatureSpec spec, int depth, Random random) {
        if (depth < spec.shape().size()) {
            ArrayNode array = NODES.arrayNode();
            for (int i = 0; i < spec.shape().get(depth); i++) {
                array.add(value(spec, depth + 1, random));
            }
            return array;
        }
        return switch (spec.kind()) {
            case FLOAT -> NODES.numberNode(Math.scalb(random.nextFloat() - 0.5f, random.nextInt(200) - 100));
            case INT -> NODES.numberNode(random.nextLong() >> random.nextInt(64));
            case TEXT -> NODES.stringNode(random.ints(random.nextInt(12), 0, 0x2fff).filter(c -> c != '\u0000')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString());
            case BYTES -> NODES.stringNode(Base64.getEncoder().encodeToString(bytes(random)));
        };
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(10)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Returns false when the record is as good as before. */
    private static boolean damage(ObjectNode record, FeatureSpec spec, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> {
                record.remove(spec.name());
                return spec.required();
            }
            case 1 -> record.set(spec.name(), NODES.arrayNode().add(NODES.arrayNode()).add(true).add(1).add(2).add(3).add("too many"));
            case 2 -> record.set(spec.name(), NODES.objectNode());
            default -> {
                record.putNull(spec.name());
                return spec.required();
            }
        }
        return true;
    }

    private static Example converted(Conversion conversion) {
        assertThat(conversion).isInstanceOf(Conversion.Converted.class);
        return ((Conversion.Converted) conversion).example();
    }

    /** Numbers of the same text are the same, whatever Java type they come from. */
    private static JsonNode parsed(JsonNode json) {
        return Fixtures.JSON.readTree(json.toString());
    }
}
