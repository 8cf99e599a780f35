package dev.tideline.benchmarks.inference;

import dev.tideline.benchmarks.command.ServiceClassPath;
import dev.tideline.local.FreePorts;
import dev.tideline.serving.protocol.PredictionServiceGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The service on a real broker, and its rivals, each in a process of its own. */
final class Lab implements AutoCloseable {

    static final String MODEL = "dense";
    /** HTTP/2 connections that all streams share: each is served by one event loop. */
    private static final int CHANNELS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(20);

    private final Options options;
    private final Path folder;
    private final Promotion promotion;
    private final JavaProcess service;
    private final JavaProcess empty;
    private final int port;
    private final int emptyPort;
    private final JavaProcess emptyCall;
    private final GrpcExchange.Connections calls;
    private final GrpcExchange.Connections emptyCalls;

    Lab(Options options) throws Exception {
        this.options = options;
        this.folder = Files.createTempDirectory("tideline-inference-benchmark");
        List<Integer> ports = FreePorts.find(6);
        this.port = ports.get(2);
        this.emptyPort = ports.get(3);
        this.promotion = options.alone() ? new Promotion.Folders(folder) : Promotion.Topic.start(folder, ports.get(0), ports.get(1));
        DenseModel.write(folder.resolve("limit"), options.features(), options.layers());
        for (int version = 1; version <= Math.max(1, options.parts().contains(Options.Part.SWAP) ? options.swaps() + options.warmUpSwaps() + 1 : 1); version++) {
            DenseModel.write(model(version), options.features(), options.layers());
        }
        this.service = JavaProcess.start(options.processors(), ServiceClassPath.of(options.home(), "inference-service"), options.jvm(),
                "dev.tideline.inference.InferenceService", folder.resolve("service.log"), Map.of(),
                promotion.arguments(port, ports.get(4), options.log()).toArray(String[]::new));
        this.empty = JavaProcess.start(options.processors(), System.getProperty("java.class.path"), List.of(), EmptyEndpoint.class, folder.resolve("empty.log"),
                Map.of("spring.config.name", "empty", "server.port", Integer.toString(emptyPort), "server.address", "127.0.0.1", "spring.threads.virtual.enabled", "true",
                        "server.tomcat.max-keep-alive-requests", "-1"));
        this.emptyCall = JavaProcess.start(options.processors(), System.getProperty("java.class.path"), List.of(), EmptyCall.class, folder.resolve("empty-call.log"),
                Map.of(), ports.get(5).toString());
        this.calls = new GrpcExchange.Connections(ports.get(4), CHANNELS);
        this.emptyCalls = new GrpcExchange.Connections(ports.get(5), CHANNELS);
        if (!options.alone()) {
            await(address("/actuator/health/readiness"), "UP");
        }
        serve(1);
        await(status(1), "AVAILABLE");
    }

    private Path model(int version) {
        return folder.resolve("storage/models/" + MODEL + "/" + version);
    }

    /** Asks for a version; the one before goes. */
    void serve(int version) throws Exception {
        promotion.serve(version);
    }

    void awaitEnd(int version) throws IOException, InterruptedException {
        await(status(version), "END");
    }

    /** Asks for a version's state, as often as who awaits one, for some time. */
    Void ask(int version, Duration time) throws IOException, InterruptedException {
        URL address = status(version);
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            get(address);
            Thread.sleep(BETWEEN_QUESTIONS);
        }
        return null;
    }

    private URL status(int version) throws MalformedURLException {
        return address("/v1/models/" + MODEL + "/versions/" + version);
    }

    private URL address(String path) throws MalformedURLException {
        return URI.create("http://127.0.0.1:" + port + path).toURL();
    }

    private void await(URL address, String text) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            service.mustRun();
            try {
                if (get(address).contains(text)) {
                    return;
                }
            } catch (ConnectException e) {
                // Not open yet.
            }
            Thread.sleep(BETWEEN_QUESTIONS);
        }
        throw new IllegalStateException(address + ": no " + text + " within " + PATIENCE);
    }

    /** By what costs least: it asks often, on cores that are measured. */
    private static String get(URL address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.openConnection();
        InputStream good = connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST ? connection.getInputStream() : connection.getErrorStream();
        try (InputStream body = good) {
            return body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Exchange.Opener rest(int rows) {
        byte[] body = Bodies.json(rows, options.features());
        return () -> HttpExchange.post(port, "/v1/models/" + MODEL + ":predict", body);
    }

    Exchange.Opener empty() {
        empty.mustRun();
        byte[] body = Bodies.json(1, options.features());
        return () -> HttpExchange.post(emptyPort, "/empty", body);
    }

    Exchange.Opener grpc(int rows, boolean content) {
        return calls.streams(GrpcExchange.unary(PredictionServiceGrpc.SERVICE_NAME, "Predict"),
                Bodies.message(MODEL, rows, options.features(), content));
    }

    Exchange.Opener emptyCall() {
        emptyCall.mustRun();
        return emptyCalls.streams(EmptyCall.METHOD, Bodies.message(MODEL, 1, options.features(), false));
    }

    /** Processor time that both empty servers have used so far. */
    Duration emptyCpu() {
        return empty.cpu().plus(emptyCall.cpu());
    }

    /** Processor time that the service has used so far. */
    Duration cpu() {
        return service.cpu();
    }

    /** Runs per second and the median in microseconds, without a server. */
    double[] limit(int rows, int threads) throws IOException, InterruptedException {
        String classPath = Bodies.location() + System.getProperty("path.separator") + ServiceClassPath.of(options.home(), "inference-service")
                + System.getProperty("path.separator") + System.getProperty("java.class.path");
        try (JavaProcess process = JavaProcess.start(options.processors(), classPath, List.of(), SessionLimit.class, folder.resolve("limit.log"), Map.of(),
                folder.resolve("limit").toString(), Integer.toString(options.features()), Integer.toString(rows), Integer.toString(threads),
                Long.toString(options.time().toSeconds()))) {
            String line = process.output().lines().filter(text -> text.startsWith("limit ")).findFirst().orElseThrow();
            String[] words = line.split(" ");
            return new double[] {Double.parseDouble(words[1]), Double.parseDouble(words[2])};
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        calls.close();
        emptyCalls.close();
        emptyCall.close();
        service.close();
        empty.close();
        promotion.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
