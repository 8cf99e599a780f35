package dev.tideline.inference.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConfigurationChangeTest {

    private static ServedModel model(String name, String path, VersionSelection versions, Map<String, Long> labels) {
        return new ServedModel(name, new BasePath.Folder(Path.of(path)), versions, new TreeMap<>(labels));
    }

    private static ServedModel model(String name) {
        return model(name, "/" + name, VersionSelection.LATEST, Map.of());
    }

    private static List<String> between(List<ServedModel> from, List<ServedModel> to) {
        return ConfigurationChange.between(ServingConfiguration.of(from), ServingConfiguration.of(to)).stream().map(Object::toString).toList();
    }

    @Test
    void nothingChangesBetweenEqualConfigurations() {
        assertThat(between(List.of(model("a"), model("b")), List.of(model("b"), model("a")))).isEmpty();
        assertThat(between(List.of(), List.of())).isEmpty();
    }

    @Test
    void modelsComeAndGo() {
        assertThat(between(List.of(model("a"), model("b")), List.of(model("b"), model("c"))))
                .containsExactly("model a: will be unloaded", "model c: will be served");
    }

    @Test
    void everythingThatMovesIsTold() {
        ServedModel before = model("a", "/a", VersionSelection.LATEST, Map.of("stable", 1L));
        ServedModel after = model("a", "/b", new VersionSelection.All(), Map.of("stable", 2L, "canary", 3L));

        assertThat(between(List.of(before), List.of(after))).containsExactly(
                "model a: base_path /a becomes /b", "model a: versions latest 1 become all",
                "model a: labels {stable=1} become {canary=3, stable=2}");
    }

    @Test
    void oneModelsChangeIsNoneOfTheOthers() {
        ServedModel moved = model("b", "/elsewhere", VersionSelection.LATEST, Map.of());

        assertThat(ConfigurationChange.between(ServingConfiguration.of(List.of(model("a"), model("b"))),
                ServingConfiguration.of(List.of(model("a"), moved)))).singleElement()
                .isEqualTo(new ConfigurationChange.Moved("b", new BasePath.Folder(Path.of("/b")), new BasePath.Folder(Path.of("/elsewhere"))));
    }
}
