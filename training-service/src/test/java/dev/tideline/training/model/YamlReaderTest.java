package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.contracts.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class YamlReaderTest {

    @Test
    void yamlIsReadAsTheSameJson() {
        assertThat(read("""
            # a comment
            dataset: trips
            inputs:
              - feature: distance
                transform: log
              - {feature: station, transform: {vocabulary: {size: 50}}}
            layers: [{dense: {units: 8, l2: 0.5}}, layerNorm]
            head: binary
            training: {seed: -3}
            """)).isEqualTo(JsonMapper.builder().build().readTree("""
            {"dataset":"trips","inputs":[{"feature":"distance","transform":"log"},
             {"feature":"station","transform":{"vocabulary":{"size":50}}}],
             "layers":[{"dense":{"units":8,"l2":0.5}},"layerNorm"],"head":"binary","training":{"seed":-3}}"""));
    }

    @Test
    void yesAndNoAreTexts() {
        assertThat(read("positive: no").get("positive").stringValue()).isEqualTo("no");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a: &x [1]\nb: *x",
        "a: !!binary aGk=",
        "a: !java/object {}",
        "a: 1\n---\nb: 2"})
    void whatIsNotPlainIsRefusedByItsLine(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidDefinitionException.class)
            .satisfies(failure -> assertThat(((InvalidDefinitionException) failure).problems()).singleElement()
                .satisfies(problem -> assertThat(problem.value()).startsWith("line ")));
    }

    @Test
    void aliasesCannotUnfold() {
        var bomb = new StringBuilder("a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ",").repeat(9)).append("]\n");
        }

        assertThatThrownBy(() -> read(bomb.toString())).hasMessageContaining("an anchor, alias or tag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [1", "a: 1\na: 2", "a: \"open", "\tx: 1", "a: b: c"})
    void brokenYamlIsAProblemOfSyntax(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidDefinitionException.class)
            .satisfies(failure -> assertThat(((InvalidDefinitionException) failure).problems()).extracting(Problem::code)
                .containsExactly("SYNTAX"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing"})
    void anEmptyDocumentIsNoDefinition(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidDefinitionException.class).hasMessageContaining("an empty document");
    }

    @Test
    void nestingHasALimit() {
        assertThatThrownBy(() -> read("[".repeat(20_000))).isInstanceOf(InvalidDefinitionException.class);
    }

    @Test
    void soHasTheSize() {
        assertThatThrownBy(() -> YamlReader.read(new byte[(1 << 20) + 1])).hasMessageContaining("1048577 bytes");
    }

    private static tools.jackson.databind.JsonNode read(String text) {
        return YamlReader.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
