package dev.tideline.inference.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlagParserTest {

    private static FlagParser.Parsed parse(String... arguments) {
        return FlagParser.parse(List.of(arguments));
    }

    @Test
    void takesBothForms() {
        assertThat(parse("--model_name=m", "--model_base_path", "/models/m", "--enable_batching", "--port", "8500").flags())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "model_name", "m", "model_base_path", "/models/m", "enable_batching", "true", "port", "8500"));
    }

    @Test
    void switchTakesTheNextWordOnlyWhenThatIsATruth() {
        assertThat(parse("--enable_batching", "false", "--open_network", "1").flags())
                .containsEntry("enable_batching", "false").containsEntry("open_network", "true");
        assertThat(parse("--enable_batching", "--port=1").problems()).isEmpty();
    }

    @Test
    void dashesInNamesWillDo() {
        assertThat(parse("--rest-api-port=1").flags()).containsEntry("rest_api_port", "1");
    }

    @Test
    void valueMayHoldAnEqualsSignAndBeEmpty() {
        assertThat(parse("--model_name=a=b").flags()).containsEntry("model_name", "a=b");
        assertThat(parse("--saved_model_tags=").flags()).containsEntry("saved_model_tags", "");
    }

    @Test
    void unknownFlagNamesTheNearest() {
        assertThat(parse("--model_nam=m").problems()).containsExactly("--model_nam (expected: a flag that there is; --model_name?)");
        assertThat(parse("--zzzzzzzzzzz").problems()).containsExactly("--zzzzzzzzzzz (expected: a flag that there is)");
    }

    @Test
    void namesEveryProblem() {
        assertThat(parse("stray", "--port=many", "--enable_batching=maybe", "--model_name").problems()).containsExactly(
                "stray (expected: a flag, such as --model_name=m)", "--port: many (expected: a number)",
                "--enable_batching: maybe (expected: true or false)", "--model_name (expected: a value)");
    }

    @Test
    void configurationKeysGoThrough() {
        assertThat(parse("--tideline.inference.batching.target-p99=20ms").keys())
                .containsExactly(Map.entry("tideline.inference.batching.target-p99", "20ms"));
    }

    @Test
    void catalogueHasEveryFlagOnce() {
        assertThat(FlagCatalogue.ALL).extracting(Flag::name).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z_0-9]+"));
    }
}
