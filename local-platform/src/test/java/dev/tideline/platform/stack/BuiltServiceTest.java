package dev.tideline.platform.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltServiceTest {

    @TempDir
    private Path home;

    private Path build(Service service) throws IOException {
        Path target = Files.createDirectories(home.resolve(service.module()).resolve("target"));
        Files.writeString(target.resolve("runtime.classpath"), "a.jar:b.jar\n");
        return Files.createFile(target.resolve(service.module() + "-0.1.0-SNAPSHOT.jar"));
    }

    @Test
    void runsTheJarBeforeItsLibrariesWithHeapAndFlags() throws IOException {
        Path jar = build(Service.INGEST);

        List<String> command = new BuiltService(home, Service.INGEST).command("300m", List.of("-Dx=y"), "some.Main");

        assertThat(command).contains("-Xmx300m", "-Dx=y", "--enable-native-access=ALL-UNNAMED").endsWith("-cp", jar + ":a.jar:b.jar", "some.Main");
        assertThat(command.getFirst()).isEqualTo(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    @Test
    void namesEveryServiceThatIsNotBuiltAndHowToBuildIt() throws IOException {
        build(Service.INGEST);

        assertThatThrownBy(() -> BuiltService.check(home, List.of(Service.values()))).isInstanceOf(LaunchException.class)
                .hasMessageContaining("not built: training-service, inference-service, monitoring-service in " + home)
                .hasMessageContaining("mvn -B -Dquick package");
    }

    @Test
    void aBuildThatLostItsClassPathIsNotBuilt() throws IOException {
        build(Service.INGEST);
        Files.delete(home.resolve("ingest-service/target/runtime.classpath"));

        assertThatThrownBy(() -> BuiltService.check(home, List.of(Service.INGEST))).isInstanceOf(LaunchException.class);
    }
}
