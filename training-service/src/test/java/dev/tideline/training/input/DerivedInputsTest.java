package dev.tideline.training.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.training.model.Input;
import dev.tideline.training.model.Transform;
import java.util.List;
import org.junit.jupiter.api.Test;

class DerivedInputsTest {

    private static final Schema SCHEMA = new Schema(1, List.of(
        FeatureSpec.scalar("id", Kind.TEXT), FeatureSpec.scalar("at", Kind.INT), FeatureSpec.scalar("label", Kind.INT),
        FeatureSpec.scalar("amount", Kind.FLOAT), FeatureSpec.scalar("flat", Kind.FLOAT),
        FeatureSpec.scalar("day", Kind.INT), FeatureSpec.scalar("wide", Kind.INT), FeatureSpec.scalar("one", Kind.INT),
        FeatureSpec.scalar("colour", Kind.TEXT), FeatureSpec.scalar("always", Kind.TEXT), FeatureSpec.scalar("comment", Kind.TEXT),
        FeatureSpec.scalar("photo", Kind.BYTES)), "label", "id", "at");

    @Test
    void eachFeatureEntersAsItsValuesSuggest() {
        var statistics = Summaries.of(SCHEMA, 1_000, i -> new Object[] {
            "id", "id-" + i, "at", i, "label", i % 2, "amount", i / 7.0, "flat", 3.0, "day", i % 7, "wide", i * 3, "one", 1,
            "colour", i % 3 == 0 ? "red" : "blue", "always", "yes", "comment", "text " + i});

        assertThat(DerivedInputs.of(SCHEMA, statistics)).containsExactly(
            new Input("amount", new Transform.Standardise()),
            new Input("flat", new Transform.MinMax()),
            new Input("day", new Transform.Vocabulary(24, 1)),
            new Input("wide", new Transform.Standardise()),
            new Input("one", new Transform.Vocabulary(24, 1)),
            new Input("colour", new Transform.Vocabulary(256, 1)),
            new Input("always", new Transform.Vocabulary(256, 1)));
    }

    @Test
    void aFeatureWithoutValuesIsLeftOut() {
        var statistics = Summaries.of(SCHEMA, 10, i -> new Object[] {"amount", (double) i});

        assertThat(DerivedInputs.of(SCHEMA, statistics)).extracting(Input::feature).containsExactly("amount");
    }

    @Test
    void aTextThatIsSometimesMissingSaysSomething() {
        var statistics = Summaries.of(SCHEMA, 10, i -> new Object[] {"always", i % 2 == 0 ? "yes" : null});

        assertThat(DerivedInputs.of(SCHEMA, statistics)).extracting(Input::feature).containsExactly("always");
    }

    @Test
    void nothingButConstantsTeachNothing() {
        var statistics = Summaries.of(SCHEMA, 10, i -> new Object[] {"flat", 1.0, "one", 1});

        assertThatThrownBy(() -> new InputFreezer(SCHEMA, statistics).freeze(List.of()))
            .hasMessage("inputs: 0 (expected: at least one feature that is not constant)");
    }
}
