package dev.tideline.platform.support;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Answers HTTP requests by a function, and remembers them. */
public final class StubServer implements AutoCloseable {

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public record Request(String method, String path, String requestId, String body) {}

    public record Response(int status, String body, String version) {
        public static Response of(int status, String body) {
            return new Response(status, body, "");
        }
    }

    /** @param port 0 for a free one */
    public StubServer(int port, Function<Request, Response> answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var id = exchange.getRequestHeaders().getFirst("Tideline-Request-Id");
            var request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), id == null ? "" : id, body);
            requests.add(request);
            var response = answer.apply(request);
            if (!response.version().isEmpty()) {
                exchange.getResponseHeaders().add("Tideline-Model-Version", response.version());
            }
            var bytes = response.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
