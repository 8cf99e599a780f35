package dev.tideline.benchmarks.ingest;

import dev.tideline.benchmarks.tfrecord.Row;
import dev.tideline.local.FreePorts;
import dev.tideline.local.LocalKafka;
import dev.tideline.local.LocalPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** Broker and database in this process's care, and the service on them. */
final class Lab implements AutoCloseable {

    private static final long POLL_MS = 10;

    private final Options options;
    private final Path folder;
    private final LocalKafka kafka;
    private final LocalPostgres postgres;
    private final Connection database;
    private final IngestProcess service;
    private final Door door;
    private int topics;

    private Lab(Options options, Path folder, LocalKafka kafka, LocalPostgres postgres, Connection database, IngestProcess service, Door door) {
        this.options = options;
        this.folder = folder;
        this.kafka = kafka;
        this.postgres = postgres;
        this.database = database;
        this.service = service;
        this.door = door;
    }

    static Lab open(Options options) throws IOException, SQLException, InterruptedException {
        Path folder = Files.createDirectories(options.work()).resolve("run-" + ProcessHandle.current().pid());
        List<Integer> ports = FreePorts.find(4);
        LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"), ports.get(0), ports.get(1));
        LocalPostgres postgres = LocalPostgres.start(folder.resolve("postgres"), ports.get(2));
        IngestProcess service = IngestProcess.start(options, folder, Map.of(
                "server.port", ports.get(3).toString(),
                "spring.kafka.bootstrap-servers", kafka.bootstrap(),
                "spring.datasource.url", postgres.jdbcUrl("ingest"),
                "tideline.storage.root", folder.resolve("storage").toString(),
                "tideline.ingest.shard.writers", Integer.toString(options.writers()),
                "tideline.ingest.shard.flush-timeout", "30m"));
        Door door = new Door(ports.get(3));
        door.awaitReady(service::mustRun);
        Connection database = DriverManager.getConnection(postgres.jdbcUrl("ingest"), LocalPostgres.USER, LocalPostgres.PASSWORD);
        return new Lab(options, folder, kafka, postgres, database, service, door);
    }

    /** A topic that nobody has filled or read. */
    Topic topic() throws ExecutionException, InterruptedException {
        return new Topic(kafka.bootstrap(), "bench-" + ++topics, options.partitions()).create();
    }

    Door door() {
        return door;
    }

    /** Writes below the same folder as the service. */
    LeastSink sink() {
        return new LeastSink(options.writers(), folder.resolve("sink"));
    }

    IngestProcess service() {
        return service;
    }

    /** From now on the service reads the topic. */
    void declare(Topic topic) throws IOException {
        String features = Row.names().stream().map(name -> "{\"name\":\"%s\",\"kind\":\"%s\"}".formatted(name, kind(name)))
                .collect(Collectors.joining(","));
        door.put("/v1/datasets/" + topic.dataset(), "{\"schema\":{\"version\":1,\"label\":\"label\",\"features\":[" + features + "]}}");
    }

    private static String kind(String name) {
        return switch (name) {
            case "label" -> "INT";
            case "station", "weather" -> "TEXT";
            default -> "FLOAT";
        };
    }

    /** Asks the writers to commit everything up to these offsets, as sealing a version does, without waiting for it. */
    void requestFlush(Topic topic, Map<TopicPartition, Long> ends) throws SQLException {
        try (PreparedStatement ask = database.prepareStatement("""
                insert into partition_progress (dataset, partition, flush_to) values (?, ?, ?)
                on conflict (dataset, partition) do update set flush_to = excluded.flush_to""")) {
            for (var end : ends.entrySet()) {
                ask.setString(1, topic.dataset());
                ask.setInt(2, end.getKey().partition());
                ask.setLong(3, end.getValue());
                ask.addBatch();
            }
            ask.executeBatch();
        }
    }

    /** Returns when that many records are in committed shards. */
    void awaitCommitted(Topic topic, long records) throws SQLException, InterruptedException {
        try (PreparedStatement ask = database.prepareStatement(
                "select coalesce(sum(committed), 0), coalesce(sum(rejected), 0) from partition_progress where dataset = ?")) {
            ask.setString(1, topic.dataset());
            while (true) {
                try (ResultSet row = ask.executeQuery()) {
                    row.next();
                    if (row.getLong(2) > 0) {
                        throw new IllegalStateException("rejected: " + row.getLong(2) + " (expected: 0)");
                    }
                    if (row.getLong(1) >= records) {
                        return;
                    }
                }
                service.mustRun();
                Thread.sleep(POLL_MS);
            }
        }
    }

    /** Forces the topic to disk: what the system writes of it later would share the disk with one side's files only. */
    void settle(Topic topic) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("kafka"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".log")
                    && file.getParent().getFileName().toString().startsWith(topic.name() + "-")).toList()) {
                try (FileChannel log = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    log.force(true);
                }
            }
        }
    }

    /** Gives the disk space of a measurement back. */
    void discard(Topic topic) throws IOException, ExecutionException, InterruptedException {
        topic.purge();
        remove(folder.resolve("storage/datasets").resolve(topic.dataset()));
        remove(folder.resolve("sink").resolve(topic.dataset()));
    }

    @Override
    public void close() throws IOException, SQLException, InterruptedException {
        database.close();
        service.close();
        postgres.close();
        kafka.close();
        remove(folder);
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
