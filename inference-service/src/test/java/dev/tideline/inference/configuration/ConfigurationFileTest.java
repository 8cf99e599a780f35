package dev.tideline.inference.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void begin() throws IOException {
        file = folder.resolve("models.config");
        serve("first");
    }

    private void write(String text) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), text);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void serve(String model) throws IOException {
        write("model_config_list { config { name: '" + model + "' base_path: '/models/" + model + "' model_platform: 'tensorflow' } }");
    }

    private ConfigurationFile open(CurrentConfiguration current, Duration poll) {
        return new ConfigurationFile(file, current.get(), current, poll);
    }

    @Test
    @DisplayName("E11: a file that cannot be parsed is named, with its kind, line and column")
    void namesWhatCannotBeParsed() throws IOException {
        write("improperly formatted file");

        assertThatThrownBy(() -> ConfigurationFile.read(file)).isInstanceOf(InvalidConfigurationException.class)
                .hasMessageStartingWith("Error parsing text-format tensorflow.serving.ModelServerConfig: " + file + ":1:");
    }

    @Test
    @DisplayName("E13: without polling a rewritten file has no effect")
    void readsAgainOnlyWhenPolling() throws IOException {
        CurrentConfiguration followed = new CurrentConfiguration(ConfigurationFile.read(file));
        CurrentConfiguration left = new CurrentConfiguration(ConfigurationFile.read(file));
        try (ConfigurationFile polled = open(followed, Duration.ofMillis(10)); ConfigurationFile once = open(left, Duration.ZERO)) {
            serve("second");

            await().atMost(SOON).untilAsserted(() -> assertThat(followed.get().models()).containsOnlyKeys("second"));
            assertThat(left.get().models()).containsOnlyKeys("first");
        }
    }
}
