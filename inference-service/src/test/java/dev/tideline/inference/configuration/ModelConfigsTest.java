package dev.tideline.inference.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tideline.serving.protocol.ModelServerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigsTest {

    private static ServingConfiguration read(String models) {
        ModelServerConfig.Builder config = ModelServerConfig.newBuilder();
        ProtoText.parse("test", "model_config_list { " + models + " }", config);
        return ModelConfigs.read(config.build());
    }

    private static ServedModel only(String entry) {
        return read("config { name: 'm' base_path: '/models/m' " + entry + " }").models().get("m");
    }

    private static List<String> problems(String models) {
        return catchThrowableOfType(InvalidConfigurationException.class, () -> read(models)).problems();
    }

    private static TreeSet<Long> versions(long... numbers) {
        TreeSet<Long> versions = new TreeSet<>();
        for (long number : numbers) {
            versions.add(number);
        }
        return versions;
    }

    @Test
    @DisplayName("S01, S02: latest by default, latest N, all")
    void highestVersionIsServedUnlessSaidOtherwise() {
        assertThat(only("").versions().choose(versions(1, 7, 3))).containsExactly(7L);
        assertThat(only("model_version_policy { latest { num_versions: 2 } }").versions().choose(versions(1, 7, 3))).containsExactly(3L, 7L);
        assertThat(only("model_version_policy { latest { } }").versions().choose(versions(1, 7))).containsExactly(7L);
        assertThat(only("model_version_policy { all { } }").versions().choose(versions(1, 7, 3))).containsExactly(1L, 3L, 7L);
    }

    @Test
    @DisplayName("S01, S02: specific versions; none of them there")
    void specificVersionsAreServedAsFarAsTheyAreThere() {
        VersionSelection selection = only("model_version_policy { specific { versions: 3 versions: 9 } }").versions();

        assertThat(selection.choose(versions(1, 3, 7))).containsExactly(3L);
        assertThat(selection.choose(versions())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/models/m, /models/m", "/models/../models/m/, /models/m", "file:///models/m, /models/m"})
    void basePathIsAbsoluteInAnyForm(String given, String path) {
        assertThat(read("config { name: 'm' base_path: '" + given + "' }").models().get("m").basePath()).isEqualTo(new BasePath.Folder(Path.of(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "models/m", "s3://bucket", "s3://", "gs://bucket/m", "file:m", "file://host/m"})
    @DisplayName("S01: relative, mixed and empty paths")
    void otherBasePathsAreRefusedByModel(String given) {
        assertThat(problems("config { name: 'm' base_path: '" + given + "' }"))
                .containsExactly("model m: base_path: \"" + given + "\" (expected: an absolute path of this machine, or s3://bucket/folder)");
    }

    @Test
    void basePathMayBeAFolderOfABucket() {
        assertThat(read("config { name: 'm' base_path: 's3://bucket/models/m/' }").models().get("m").basePath())
                .isInstanceOf(BasePath.Bucket.class).hasToString("s3://bucket/models/m");
    }

    @Test
    @DisplayName("S01: equal names, unknown platforms, labels of versions that are not chosen")
    void allProblemsAreToldAtOnce() {
        assertThat(problems("""
                config { name: 'a' base_path: 'a' model_platform: 'pytorch' }
                config { name: 'b' base_path: '/b' model_version_policy { specific { versions: 1 } } version_labels { key: 'x' value: 2 } }
                config { name: 'c' base_path: '/c' } config { name: 'c' base_path: '/c' }
                config { base_path: '/d' }""")).hasSize(5)
                .anySatisfy(problem -> assertThat(problem).startsWith("model a: base_path: \"a\""))
                .anySatisfy(problem -> assertThat(problem).contains("model_platform: pytorch (expected: tensorflow)"))
                .anySatisfy(problem -> assertThat(problem).contains("label x: version 2 (expected: one of [1])"))
                .anySatisfy(problem -> assertThat(problem).contains("model: c twice"))
                .anySatisfy(problem -> assertThat(problem).contains("a name that is empty"));
    }

    @Test
    @DisplayName("S01: the old type works, but not beside a platform")
    void oldModelTypeIsTakenButNotBesideThePlatform() {
        assertThat(only("model_type: TENSORFLOW").name()).isEqualTo("m");
        assertThat(problems("config { name: 'm' base_path: '/m' model_type: OTHER }")).singleElement().asString().contains("model_type: OTHER");
        assertThat(problems("config { name: 'm' base_path: '/m' model_type: TENSORFLOW model_platform: 'tensorflow' }"))
                .singleElement().asString().contains("Illegal setting both");
    }

    @Test
    void loggingConfigIsRefusedInsteadOfPassedOver() throws Exception {
        ModelServerConfig.Builder config = ModelServerConfig.newBuilder();
        ProtoText.parse("test", "model_config_list { config { name: 'm' base_path: '/m' logging_config { sampling_config { sampling_rate: 1 } } } }", config);

        assertThatThrownBy(() -> ModelConfigs.read(config.build())).hasMessageContaining("model m: logging_config: set");
    }

    @Test
    @DisplayName("S01: a custom configuration")
    void customConfigurationIsRefused() {
        ModelServerConfig.Builder config = ModelServerConfig.newBuilder();
        ProtoText.parse("test", "custom_model_config { }", config);

        assertThatThrownBy(() -> ModelConfigs.read(config.build())).hasMessage("custom_model_config: set (expected: model_config_list)");
    }

    @Test
    void labelsBelongToVersionsFromZeroAndHaveNames() {
        assertThat(only("version_labels { key: 'stable' value: 0 }").labels()).containsExactlyInAnyOrderEntriesOf(Map.of("stable", 0L));
        assertThat(problems("config { name: 'm' base_path: '/m' version_labels { key: '' value: 1 } version_labels { key: 'x' value: -1 } }"))
                .hasSize(2);
    }
}
