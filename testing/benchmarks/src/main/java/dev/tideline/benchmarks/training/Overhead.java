package dev.tideline.benchmarks.training;

import dev.tideline.local.FreePorts;
import dev.tideline.local.LocalKafka;
import dev.tideline.local.LocalPostgres;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a job costs beside its training, and what the service costs while nobody asks: a real one, with its broker and its database. */
final class Overhead {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String service;
    private final Connection database;

    private Overhead(int port, Connection database) {
        this.service = "http://127.0.0.1:" + port;
        this.database = database;
    }

    static void measure(Path folder, int repetitions) throws IOException, InterruptedException, SQLException {
        List<Integer> ports = FreePorts.find(4);
        var storage = Files.createDirectories(folder.resolve("storage"));
        try (var kafka = LocalKafka.start(folder.resolve("kafka"), ports.get(0), ports.get(1));
                var postgres = LocalPostgres.start(folder.resolve("postgres"), ports.get(2));
                var data = new SealedTrips(storage, 4_000, 500)) {
            var process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                "dev.tideline.training.TrainingService", "--server.port=" + ports.get(3),
                "--spring.kafka.bootstrap-servers=" + kafka.bootstrap(), "--spring.datasource.url=" + postgres.jdbcUrl("training"),
                "--tideline.storage.root=" + storage, "--tideline.training.ingest.url=" + data.url()))
                .redirectErrorStream(true).redirectOutput(folder.resolve("service.log").toFile()).start();
            try (var database = DriverManager.getConnection(postgres.jdbcUrl("training"), LocalPostgres.USER, LocalPostgres.PASSWORD)) {
                var overhead = new Overhead(ports.get(3), database);
                overhead.awaitReady(process, folder.resolve("service.log"));
                overhead.jobs(repetitions);
                overhead.idle(process);
            } finally {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        }
    }

    private void awaitReady(Process process, Path log) throws InterruptedException, IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (send(HttpRequest.newBuilder(URI.create(service + "/actuator/health/readiness"))).contains("\"UP\"")) {
                    return;
                }
            } catch (ConnectException notYet) {
                // It starts.
            }
            Thread.sleep(50);
        }
        var words = Files.readString(log);
        throw new IllegalStateException("training-service: not ready within " + PATIENCE + " (expected: a start)\n"
            + words.substring(Math.max(0, words.length() - 2_000)));
    }

    private void jobs(int repetitions) throws IOException, InterruptedException, SQLException {
        put("/v1/models/trips", """
            {"dataset":"trips","layers":[{"dense":{"units":64,"activation":"relu"}},{"dense":{"units":32,"activation":"relu"}}],
             "head":{"binary":{}},"optimizer":{"adam":{"learningRate":0.001}},"training":{"epochs":2,"batchSize":256,"seed":7}}""");
        var first = new ArrayList<Double>();
        var all = new ArrayList<Double>();
        for (int i = 0; i <= repetitions; i++) {
            double asked = now();
            var answer = send(HttpRequest.newBuilder(URI.create(service + "/v1/models/trips/jobs")).header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
            var job = answer.replaceAll(".*\"job\":\"([^\"]+)\".*", "$1");
            double step = await("SELECT extract(epoch FROM min(at)) FROM job_event WHERE kind = 'progress' AND job = ?", job) - asked;
            double end = await("SELECT extract(epoch FROM min(at)) FROM job_event WHERE kind = 'state'"
                + " AND data ~ '\"state\":\"(PROMOTED|REJECTED)\"' AND job = ?", job) - asked;
            if (i > 0) {
                first.add(step);
                all.add(end);
            }
        }
        System.out.println(String.format(Locale.ROOT, "request to first step: median %.2f s, slowest %.2f s (asked: 5); to the verdict: median %.2f s",
            median(first), first.stream().mapToDouble(each -> each).max().orElse(Double.NaN), median(all)));
    }

    /** Processor time, and statements that reached the database. */
    private void idle(Process process) throws InterruptedException, SQLException {
        Thread.sleep(IDLE.dividedBy(6));
        var before = process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
        double transactions = transactions();
        Thread.sleep(IDLE);
        var used = process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO).minus(before);
        System.out.println(String.format(Locale.ROOT, "idle service: %.2f %% of a core, %.1f transactions a second",
            100.0 * used.toMillis() / IDLE.toMillis(), (transactions() - transactions) / IDLE.toSeconds()));
    }

    private double now() throws SQLException {
        return query("SELECT extract(epoch FROM clock_timestamp())", null);
    }

    private double transactions() throws SQLException {
        return query("SELECT sum(xact_commit + xact_rollback) FROM pg_stat_database", null);
    }

    private double await(String sql, String job) throws SQLException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            double value = query(sql, job);
            if (value > 0) {
                return value;
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("job " + job + ": not there within " + PATIENCE + ": " + sql);
    }

    private double query(String sql, @Nullable String job) throws SQLException {
        try (var statement = database.prepareStatement(sql)) {
            if (job != null) {
                statement.setString(1, job);
            }
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getDouble(1);
            }
        }
    }

    private void put(String path, String body) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(URI.create(service + path)).header("content-type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
