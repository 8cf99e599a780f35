package dev.tideline.testing;

import static org.awaitility.Awaitility.await;

import dev.tideline.local.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real server that speaks S3, in a process with a class path of its own. {@link #shared()} is started once per JVM and stopped with it;
 * its data is thrown away. For a test of an outage, {@link #stop()} and {@link #start()} it: address and objects stay. Not for parallel
 * tests.
 */
public final class TestS3 {

    public static final String ACCESS_KEY = "tideline";
    public static final String SECRET_KEY = "tideline-secret";

    private static final String CLASS_PATH = "/dev/tideline/s3server/class.path";
    private static final Duration START = Duration.ofSeconds(60);
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private static final class Shared {
        private static final TestS3 INSTANCE = startNew();
    }

    private final Path folder;
    private final int port;
    private @Nullable Process server;

    private TestS3(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** The server of this JVM, started on the first call. */
    public static TestS3 shared() {
        return Shared.INSTANCE;
    }

    private static TestS3 startNew() {
        var s3 = new TestS3(TemporaryFolders.create("tideline-s3"), FreePorts.find(1).getFirst());
        TemporaryFolders.beforeRemoval(s3::stop);
        s3.configure();
        s3.start();
        return s3;
    }

    /** Address of the server, also while it is stopped. Buckets go into the path. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Makes an empty bucket and returns its name. */
    public String bucket() {
        var name = "bucket-" + BUCKETS.incrementAndGet();
        try {
            Files.createDirectories(data().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name;
    }

    /** Starts it again after {@link #stop()}; nothing happens while it runs. */
    public void start() {
        if (server == null) {
            server = launch();
            await().atMost(START).until(this::answers);
        }
    }

    /** Kills it; nothing happens while it is stopped. */
    public void stop() {
        if (server != null) {
            server.destroyForcibly();
            try {
                server.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            server = null;
        }
    }

    private void configure() {
        try {
            Files.createDirectories(data());
            Files.writeString(folder.resolve("logback.xml"), "<configuration><root level=\"OFF\"/></configuration>");
            Files.writeString(folder.resolve("server.properties"), """
                    s3proxy.endpoint=%s
                    s3proxy.authorization=aws-v2-or-v4
                    s3proxy.identity=%s
                    s3proxy.credential=%s
                    jclouds.provider=filesystem-nio2
                    jclouds.filesystem.basedir=%s
                    """.formatted(endpoint(), ACCESS_KEY, SECRET_KEY, data()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        try (InputStream classPath = TestS3.class.getResourceAsStream(CLASS_PATH)) {
            if (classPath == null) {
                throw new IllegalStateException(CLASS_PATH + ": absent (expected: module testing/s3-server is built)");
            }
            return new ProcessBuilder(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                    "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                    "-cp", new String(classPath.readAllBytes(), StandardCharsets.UTF_8).strip(),
                    "org.gaul.s3proxy.Main", "--properties", folder.resolve("server.properties").toString()))
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() throws IOException {
        if (server == null || !server.isAlive()) {
            throw new IllegalStateException("the S3 server ended: " + Files.readString(folder.resolve("server.log")));
        }
        try {
            var connection = (HttpURLConnection) endpoint().toURL().openConnection();
            // Nobody signed the request, so it is refused: an answer all the same.
            return connection.getResponseCode() == HttpURLConnection.HTTP_FORBIDDEN;
        } catch (IOException starting) {
            return false;
        }
    }

    private Path data() {
        return folder.resolve("data");
    }
}
