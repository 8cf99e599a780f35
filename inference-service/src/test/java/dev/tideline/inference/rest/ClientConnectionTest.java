package dev.tideline.inference.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientConnectionTest {

    private static final String REQUEST = "POST /%s HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody";

    @TempDir
    Path folder;

    private final Tomcat tomcat = new Tomcat();
    private final CompletableFuture<Void> arrived = new CompletableFuture<>();
    private final CompletableFuture<Void> sent = new CompletableFuture<>();
    private final AtomicReference<Predicate<ClientConnection>> look = new AtomicReference<>();
    private final CompletableFuture<Boolean> seen = new CompletableFuture<>();
    private Socket client;

    @BeforeEach
    void start() throws Exception {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getEngine().getPipeline().addValve(ClientConnection.valve());
        var context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "s", new Looking());
        context.addServletMappingDecoded("/*", "s");
        tomcat.start();
        tomcat.getConnector();
        client = new Socket(InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort());
        client.setSoTimeout(20_000);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        tomcat.stop();
        tomcat.destroy();
    }

    /** Looks at the connection of {@code /first}; echoes the path. */
    private final class Looking extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getInputStream().readAllBytes();
            if (request.getRequestURI().equals("/first")) {
                arrived.complete(null);
                sent.orTimeout(20, TimeUnit.SECONDS).join();
                seen.complete(look.get().test(ClientConnection.of(request)));
            }
            response.getOutputStream().print(request.getRequestURI());
        }
    }

    private void write(String path) {
        try {
            client.getOutputStream().write(REQUEST.formatted(path).getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String until) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(until) < 0) {
            int next = client.getInputStream().read();
            assertThat(next).as("after %s", text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }

    private static boolean inSomeLooks(ClientConnection connection) {
        boolean closed = false;
        for (int i = 0; i < 5; i++) {
            closed |= connection.closed();
        }
        return closed;
    }

    @Test
    void tellsThatAClientHasGone() throws Exception {
        look.set(connection -> {
            await().atMost(Duration.ofSeconds(20)).until(connection::closed);
            return true;
        });
        write("first");
        arrived.orTimeout(20, TimeUnit.SECONDS).join();
        client.close();
        sent.complete(null);

        assertThat(seen.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void clientThatWaitsIsThere() throws Exception {
        look.set(ClientConnectionTest::inSomeLooks);
        write("first");
        sent.complete(null);

        assertThat(seen.orTimeout(20, TimeUnit.SECONDS).join()).isFalse();
        assertThat(read("/first")).startsWith("HTTP/1.1 200");
    }

    @Test
    void clientThatSendsItsNextRequestAlreadyIsThereAndIsAnsweredTwice() throws Exception {
        look.set(ClientConnectionTest::inSomeLooks);
        write("first");
        arrived.orTimeout(20, TimeUnit.SECONDS).join();
        write("second");
        sent.complete(null);

        assertThat(seen.orTimeout(20, TimeUnit.SECONDS).join()).isFalse();
        assertThat(read("/first")).startsWith("HTTP/1.1 200");
        assertThat(read("/second")).startsWith("HTTP/1.1 200");
    }
}
