package dev.tideline.platform.stack;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process that behaves like a service, as far as the launcher can see. */
public final class StandIn {

    private StandIn() {}

    /** Modes: ready, dies (at once), deaf (never ready), stubborn (ready, but does not stop when asked). */
    public static void main(String[] arguments) throws IOException {
        System.out.println("stand-in says " + arguments[0] + " in pid " + ProcessHandle.current().pid());
        switch (arguments[0]) {
            case "dies" -> System.exit(7);
            case "deaf" -> serve(503);
            case "stubborn" -> {
                serve(200);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    while (true) {
                        Thread.onSpinWait();
                    }
                }));
            }
            default -> serve(200);
        }
    }

    private static void serve(int status) throws IOException {
        var port = Integer.parseInt(System.getenv("SERVER_PORT"));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    static ServiceSpec spec(String mode, int port, Path folder) {
        var command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), StandIn.class.getName(), mode);
        return new ServiceSpec("stand-in", command, Map.of("SERVER_PORT", Integer.toString(port)),
                URI.create("http://127.0.0.1:" + port), folder,
                folder.resolve("stand-in.log"), folder.resolve("stand-in.pid"));
    }
}
