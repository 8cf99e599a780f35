package dev.tideline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that promises all bytes of an object and closes the connection after some of them. */
class S3CutOffTest {

    private static final byte[] OBJECT = new byte[100_000];

    static {
        new Random(1).nextBytes(OBJECT);
    }

    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    private ServerSocket server;
    private Storage storage;
    private int sent;

    @BeforeEach
    void serve(@TempDir Path drafts) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> {
            while (!server.isClosed()) {
                try (Socket connection = server.accept()) {
                    answer(connection);
                } catch (IOException gone) {
                    // The client's business, or the end of the test.
                }
            }
        });
        storage = Storages.open(new StorageRoot.Bucket("bucket", ""), new S3Settings(URI.create("http://127.0.0.1:" + server.getLocalPort()),
                null, true, "key", "secret", S3Settings.MIN_PART, Duration.ofSeconds(5), Duration.ofSeconds(20), 0), drafts);
    }

    @AfterEach
    void stop() throws IOException {
        storage.close();
        server.close();
    }

    @Test
    void theRestIsAskedForWhereItBroke() throws IOException {
        sent = 40_000;

        assertThat(storage.read("a")).isEqualTo(OBJECT);

        assertThat(ranges).containsExactly("", "bytes=40000-", "bytes=80000-");
    }

    @Test
    void aPartOfAnObjectIsWhole() throws IOException {
        sent = 300;

        try (InputStream in = storage.open("a", 1_000, 500)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(OBJECT, 1_000, 1_500));
        }

        assertThat(ranges).containsExactly("bytes=1000-1499", "bytes=1300-1499");
    }

    @Test
    void aServerThatNeverSendsAByteIsUnavailableInTheEnd() {
        sent = 0;

        assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(() -> storage.read("a"))
                .withMessageContaining("s3://bucket/a").withMessageContaining("byte 0");
    }

    @Test
    void bytesThatArePassedOverMayBreakOffToo() throws IOException {
        sent = 10_000;

        try (InputStream in = storage.open("a", 0)) {
            assertThat(in.readNBytes(5_000)).hasSize(5_000);
            in.skipNBytes(20_000);
            assertThat(in.readNBytes(3)).isEqualTo(Arrays.copyOfRange(OBJECT, 25_000, 25_003));
        }
    }

    private void answer(Socket connection) throws IOException {
        String request = request(connection.getInputStream());
        String range = request.lines().filter(line -> line.toLowerCase().startsWith("range:")).map(line -> line.substring(6).strip())
                .findFirst().orElse("");
        ranges.add(range);
        String[] bounds = range.isEmpty() ? new String[] {"0"} : range.substring("bytes=".length()).split("-");
        int from = Integer.parseInt(bounds[0]);
        int to = bounds.length == 2 ? Integer.parseInt(bounds[1]) + 1 : OBJECT.length;
        connection.getOutputStream().write(("HTTP/1.1 " + (range.isEmpty() ? "200 OK" : "206 Partial Content") + "\r\nContent-Length: "
                + (to - from) + "\r\nETag: \"e\"\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().write(OBJECT, from, Math.min(sent, to - from));
        connection.getOutputStream().flush();
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client is gone");
            }
            request.append((char) next);
        }
        return request.toString();
    }
}
