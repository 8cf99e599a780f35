package dev.tideline.platform.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.platform.stack.StackOptions.Jit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceCommandsTest {

    @TempDir
    private Path home;

    private DataFolder data;
    private ServiceCommands commands;

    @BeforeEach
    void openData() {
        data = DataFolder.open(home.resolve("data"), 1);
        commands = new ServiceCommands(new StackOptions(home, home.resolve("data"), new Ports(9000), "300m", Jit.QUICK), data);
    }

    @AfterEach
    void closeData() {
        data.close();
    }

    @Test
    void nameEveryModuleThatIsNotBuilt() throws IOException {
        build(Service.INGEST);

        assertThatThrownBy(commands::all).isInstanceOf(LaunchException.class)
                .hasMessageContaining("not built: training-service, inference-service, monitoring-service in " + home);
    }

    @Test
    void runEachServiceFromWhatMavenBuilt() throws IOException {
        buildAll();

        var ingest = commands.all().getFirst();

        assertThat(ingest.command())
                .contains("-Xmx300m", home + "/ingest-service/target/ingest-service-0.1.0-SNAPSHOT.jar:/lib/ingest-service.jar")
                .endsWith("dev.tideline.ingest.IngestService");
    }

    @Test
    void tellEachServiceWhereTheOthersAre() throws IOException {
        buildAll();

        var training = commands.all().get(1);

        assertThat(training.url()).isEqualTo(URI.create("http://127.0.0.1:9020"));
        assertThat(training.environment())
                .containsEntry("SERVER_PORT", "9020")
                .containsEntry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092")
                .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:9054/tideline?currentSchema=training")
                .containsEntry("TIDELINE_TRAINING_INGEST_URL", "http://127.0.0.1:9010")
                .containsEntry("TIDELINE_STORAGE_ROOT", data.storage().toString())
                .containsEntry("TIDELINE_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
    }

    @Test
    void keepFilesInABucketAndCopiesInTheDataFolder() throws IOException {
        buildAll();
        var options = new StackOptions(home, home.resolve("data"), new Ports(9000), "300m", Jit.QUICK, "s3://lake/tideline");

        assertThat(new ServiceCommands(options, data).all()).allSatisfy(service -> assertThat(service.environment())
                .containsEntry("TIDELINE_STORAGE_ROOT", "s3://lake/tideline")
                .containsEntry("TIDELINE_STORAGE_DRAFTS", data.root().resolve("drafts").toString())
                .containsEntry("TIDELINE_STORAGE_COPIES_FOLDER", data.root().resolve("copies").toString()));
    }

    @Test
    void giveInferenceNoDatabase() throws IOException {
        buildAll();

        assertThat(commands.all().get(2).environment()).doesNotContainKey("SPRING_DATASOURCE_URL").containsEntry("SERVER_PORT", "9001");
    }

    private void buildAll() throws IOException {
        for (var service : Service.values()) {
            build(service);
        }
    }

    private void build(Service service) throws IOException {
        var target = Files.createDirectories(home.resolve(service.module()).resolve("target"));
        Files.writeString(target.resolve(service.module() + "-0.1.0-SNAPSHOT.jar"), "");
        Files.writeString(target.resolve("runtime.classpath"), "/lib/" + service.module() + ".jar\n");
    }
}
