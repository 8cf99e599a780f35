package dev.tideline.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class CsvInputsTest {

    private static final List<FeatureSpec> ALL = List.of(
            FeatureSpec.scalar("load", Kind.FLOAT), FeatureSpec.scalar("day", Kind.INT), FeatureSpec.scalar("count", Kind.INT),
            FeatureSpec.scalar("quiet", Kind.INT), FeatureSpec.scalar("colour", Kind.TEXT), FeatureSpec.scalar("remark", Kind.TEXT));

    private static final List<ObjectNode> PAST = IntStream.range(0, 1_000).mapToObj(i -> Json.object("""
            {"load":%d.5,"day":%d,"count":%d,"quiet":0,"colour":"%s","remark":"remark %d"}"""
            .formatted(i, i % 7, i, i % 2 == 0 ? "red" : "blue", i))).toList();

    @Test
    void keepConstantColumnsSoThatEveryVersionTakesTheSame() {
        assertThat(CsvInputs.choose(ALL, PAST)).extracting(FeatureSpec::name)
                .containsExactly("load", "day", "count", "quiet", "colour");
    }

    @Test
    void treatFewValuesAsCategoriesAndManyAsQuantities() {
        assertThat(CsvInputs.definition(CsvInputs.choose(ALL, PAST), PAST)).hasToString("""
                [{"feature":"load","transform":"standardise"},\
                {"feature":"day","transform":{"vocabulary":{"oov":1}}},\
                {"feature":"count","transform":"standardise"},\
                {"feature":"quiet","transform":"standardise"},\
                {"feature":"colour","transform":{"vocabulary":{"oov":1}}}]""");
    }

    @Test
    void letRowsComeBackWithoutColumnsThatNobodySends() {
        var schema = Json.object("""
                {"features":[{"name":"load","required":true},{"name":"remark","required":true}]}""");

        CsvInputs.relaxUnused(schema, ALL, CsvInputs.choose(ALL, PAST));

        assertThat(schema.at("/features/0/required").booleanValue()).isTrue();
        assertThat(schema.at("/features/1/required").booleanValue()).isFalse();
    }
}
