package dev.tideline.endtoend.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** What can be said about docker-compose.yml without a Docker engine. Needs the services' packages. */
class ComposeFileIT {

    private static final Path ROOT = Path.of("../..");

    private final Map<String, Map<String, Object>> services = section("services");

    @ParameterizedTest
    @ValueSource(strings = {"ingest-service", "training-service", "inference-service", "monitoring-service"})
    void everyEnvironmentVariableIsASettingThatTheServiceKnows(String service) throws IOException {
        Map<?, ?> environment = (Map<?, ?>) services.get(service).get("environment");

        assertThat(environment.keySet().stream().map(Object::toString).toList())
                .isSubsetOf(KnownSettings.environmentOf(ROOT.resolve(service)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest-service", "training-service", "inference-service", "monitoring-service"})
    void everyServiceIsBuiltFromItsModule(String service) {
        assertThat(services.get(service).get("build")).isEqualTo(Map.of("context", ".", "args", Map.of("SERVICE", service)));
    }

    @Test
    void everyPortIsPublishedOnLoopbackOnly() {
        assertThat(services).allSatisfy((name, service) -> {
            List<?> ports = (List<?>) service.get("ports");
            assertThat(ports).allSatisfy(port -> assertThat(port.toString()).startsWith("127.0.0.1:"));
        });
    }

    @Test
    void everyContainerHasAHealthCheckAndAPinnedImage() {
        assertThat(services).allSatisfy((name, service) -> {
            assertThat(service).containsKey("healthcheck");
            if (service.get("image") != null) {
                assertThat(service.get("image").toString()).matches(".+:v?\\d[\\d.]*");
            }
        });
    }

    @Test
    void everyNamedVolumeIsDeclaredAndUsed() {
        List<String> used = services.values().stream()
                .flatMap(service -> ((List<?>) service.getOrDefault("volumes", List.of())).stream())
                .map(volume -> volume.toString().split(":")[0])
                .filter(source -> !source.startsWith(".")).distinct().toList();

        assertThat(used).containsExactlyInAnyOrderElementsOf(section("volumes").keySet());
    }

    static Stream<Path> mountedFiles() {
        return Stream.of("docker/prometheus.yml", "docker/grafana/provisioning/datasources/prometheus.yml",
                "docker/grafana/provisioning/dashboards/tideline.yml", "docker/grafana/dashboards/tideline.json").map(ROOT::resolve);
    }

    @ParameterizedTest
    @MethodSource("mountedFiles")
    void everyMountedFileParses(Path file) throws IOException {
        String text = Files.readString(file);

        Object content = file.toString().endsWith(".json")
                ? JsonMapper.builder().build().readTree(text) : new Yaml().load(text);
        assertThat(content).isNotNull();
    }

    @Test
    void prometheusAsksEveryServiceOnItsPort() throws IOException {
        String config = Files.readString(ROOT.resolve("docker/prometheus.yml"));

        services.forEach((name, service) -> {
            if (name.endsWith("-service")) {
                assertThat(config).contains(name + ":" + ((Map<?, ?>) service.get("environment")).get("SERVER_PORT"));
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, T> section(String name) {
        try {
            Map<String, Object> file = new Yaml().load(Files.readString(ROOT.resolve("docker-compose.yml")));
            return (Map<String, T>) file.get(name);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
