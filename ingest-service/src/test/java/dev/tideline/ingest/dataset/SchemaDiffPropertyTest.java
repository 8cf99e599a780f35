package dev.tideline.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.Domain;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is called compatible is: records of the older schema keep to the newer one. */
class SchemaDiffPropertyTest {

    private static final List<String> WORDS = List.of("north", "south", "east", "west");

    static Stream<Integer> seeds() {
        return IntStream.range(0, 400).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSchemaDoesNotDifferFromItself(int seed) {
        Schema schema = schema(new Random(seed));

        assertThat(SchemaDiff.of(schema, schema)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRecordOfTheOlderSchemaKeepsToACompatibleNewerOne(int seed) {
        Random random = new Random(seed);
        Schema older = schema(random);
        Schema newer = changed(random, older);
        if (!SchemaDiff.of(older, newer).stream().allMatch(SchemaChange::compatible)) {
            return;
        }
        RecordGate gate = new RecordGate(newer);
        for (int i = 0; i < 20; i++) {
            byte[] record = record(random, older).toString().getBytes(StandardCharsets.UTF_8);

            assertThat(new RecordGate(older).json(record)).isInstanceOf(RecordGate.Passed.class);
            assertThat(gate.json(record)).as("%s under %s", new String(record, StandardCharsets.UTF_8), newer)
                    .isInstanceOf(RecordGate.Passed.class);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void schemasThatDifferInTheirRulesDifferInTheirFingerprint(int seed) {
        Random random = new Random(seed);
        Schema older = schema(random);
        Schema newer = changed(random, older);

        assertThat(SchemaDiff.of(older, newer).isEmpty()).isEqualTo(older.fingerprint().equals(newer.fingerprint()));
    }

    /** The property above says nothing unless both kinds of change come up. */
    @Test
    void changesAreOfBothKinds() {
        List<Boolean> kinds = seeds().map(Random::new).map(random -> {
            Schema older = schema(random);
            return SchemaDiff.of(older, changed(random, older));
        }).filter(changes -> !changes.isEmpty()).map(changes -> changes.stream().allMatch(SchemaChange::compatible)).toList();

        assertThat(kinds.stream().filter(compatible -> compatible).count()).isGreaterThan(50);
        assertThat(kinds.stream().filter(compatible -> !compatible).count()).isGreaterThan(50);
    }

    private static Schema schema(Random random) {
        return new Schema(1, IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(i -> feature(random, "f" + i)).toList(), null, null, null);
    }

    private static Schema changed(Random random, Schema schema) {
        List<FeatureSpec> features = new ArrayList<>(schema.features());
        int at = random.nextInt(features.size());
        FeatureSpec old = features.get(at);
        switch (random.nextInt(6)) {
            case 0 -> features.add(feature(random, "added"));
            case 1 -> features.set(at, with(old, old.required(), domain(random, old.kind()), old.defaultValue()));
            case 2 -> features.set(at, with(old, !old.required(), old.domain(), old.defaultValue()));
            case 3 -> features.set(at, with(old, false, old.domain(), value(old.kind(), old.domain())));
            case 4 -> features.set(at, with(old, old.required(), null, old.defaultValue()));
            default -> {
                features.remove(at);
                features.add(at, feature(random, old.name()));
            }
        }
        return new Schema(2, features, null, null, null);
    }

    private static FeatureSpec with(FeatureSpec old, boolean required, @Nullable Domain domain, @Nullable Object value) {
        return new FeatureSpec(old.name(), old.kind(), old.shape(), required, domain, value);
    }

    private static FeatureSpec feature(Random random, String name) {
        Kind kind = Kind.values()[random.nextInt(3)];
        Domain domain = domain(random, kind);
        boolean filled = random.nextBoolean();
        return new FeatureSpec(name, kind, List.of(), !filled && random.nextBoolean(), domain, filled ? value(kind, domain) : null);
    }

    private static @Nullable Domain domain(Random random, Kind kind) {
        if (random.nextInt(3) == 0) {
            return null;
        }
        int from = random.nextInt(3);
        return kind == Kind.TEXT ? new Domain.Values(WORDS.subList(from, from + 1 + random.nextInt(WORDS.size() - from)))
                : new Domain.Range(random.nextBoolean() ? null : (double) from, random.nextInt(3) == 0 ? null : (double) (3 + random.nextInt(5)));
    }

    /** A value inside the domain. */
    private static Object value(Kind kind, @Nullable Domain domain) {
        return switch (kind) {
            case FLOAT -> 3.0;
            case INT -> 3L;
            case TEXT, BYTES -> domain instanceof Domain.Values(var values) ? values.getFirst() : "north";
        };
    }

    private static ObjectNode record(Random random, Schema schema) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        for (FeatureSpec feature : schema.features()) {
            if (feature.required() || random.nextBoolean()) {
                switch (feature.kind()) {
                    case FLOAT, INT -> record.put(feature.name(), number(random, feature.domain()));
                    case TEXT, BYTES -> record.put(feature.name(), feature.domain() instanceof Domain.Values(var values)
                            ? values.get(random.nextInt(values.size())) : "any" + random.nextInt(9));
                }
            }
        }
        return record;
    }

    private static int number(Random random, @Nullable Domain domain) {
        if (domain instanceof Domain.Range(Double min, Double max)) {
            int from = min == null ? -5 : min.intValue();
            return from + random.nextInt((max == null ? 20 : max.intValue()) - from + 1);
        }
        return random.nextInt(100) - 50;
    }
}
