package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.inference.standalone.ServeCommand;
import dev.tideline.inference.tensorflow.SavedModels;
import dev.tideline.storage.S3Settings;
import dev.tideline.storage.Storage;
import dev.tideline.storage.StorageRoot;
import dev.tideline.storage.Storages;
import dev.tideline.testing.TestS3;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code tideline serve --model_base_path=s3://...} on a real server that speaks S3. */
class S3BasePathIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @AfterEach
    void bringTheServerBack() {
        TestS3.shared().start();
    }

    private static String version(ConfigurableApplicationContext context) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/models/m:predict")).timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString("{\"signature_name\": \"half\", \"instances\": [[4.0]]}")).build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).headers().firstValue("Tideline-Model-Version").orElse("none");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void awaitVersion(ConfigurableApplicationContext context, String version) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(version(context)).isEqualTo(version));
    }

    private void publish(Storage storage, int version) throws IOException {
        Path export = SavedModels.write(folder.resolve("exported/" + version), version);
        storage.write("models/m/" + version + "/saved_model.pb", Files.readAllBytes(export.resolve("saved_model.pb")));
        storage.write("models/m/" + version + "/manifest.json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void versionsOfABucketAreServedAlsoWhileItIsAway() throws IOException {
        TestS3 s3 = TestS3.shared();
        String bucket = s3.bucket();
        var command = (ServeCommand.Start) ServeCommand.of(List.of("--model_name=m", "--model_base_path=s3://" + bucket + "/models/m",
                "--rest_api_port=0", "--port=0", "--file_system_poll_wait_seconds=0.1", "--tideline.inference.tensorflow.check=none",
                "--tideline.storage.s3.endpoint=" + s3.endpoint(), "--tideline.storage.s3.region=eu-central-1",
                "--tideline.storage.s3.path-style=true", "--tideline.storage.s3.access-key=" + TestS3.ACCESS_KEY,
                "--tideline.storage.s3.secret-key=" + TestS3.SECRET_KEY, "--tideline.storage.copies.folder=" + folder.resolve("copies"),
                "--tideline.storage.drafts=" + folder.resolve("drafts")), Map.of());
        S3Settings settings = new S3Settings(s3.endpoint(), "eu-central-1", true, TestS3.ACCESS_KEY, TestS3.SECRET_KEY, 16 << 20,
                Duration.ofSeconds(5), Duration.ofSeconds(60), 0);
        try (Storage storage = Storages.open(StorageRoot.parse("s3://" + bucket), settings, folder.resolve("own"));
                ConfigurableApplicationContext context =
                        SpringApplication.run(InferenceService.class, command.arguments().toArray(String[]::new))) {
            publish(storage, 1);
            awaitVersion(context, "1");
            storage.write("models/m/3/variables/variables.index", new byte[1]);
            publish(storage, 2);
            awaitVersion(context, "2");

            s3.stop();
            assertThat(version(context)).isEqualTo("2");
        }
    }
}
