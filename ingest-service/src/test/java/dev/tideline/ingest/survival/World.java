package dev.tideline.ingest.survival;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Two instances of ingest-service, what they need, and all that can happen to them. */
final class World implements AutoCloseable {

    static final String DATASET = "survival";

    private static final Duration LONG = Duration.ofSeconds(120);
    private static final Duration SESSION = Duration.ofSeconds(3);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final int MOST_ZOMBIES = 4;
    private static final Path DIARY = Path.of("target", "survival.txt");
    private static final String SPLIT = ",\"split\":{\"by\":\"TIME\",\"evaluation\":0.2}}";

    private final SplittableRandom random;
    private final Broker broker;
    private final Postgres postgres;
    private final ShardDisk disk;
    private final List<Instance> instances;
    private final List<String> diary = new ArrayList<>();
    private final long began = System.nanoTime();
    private double fenced;
    private boolean survived;
    private int kills;

    World(Path folder, long seed) {
        this.random = new SplittableRandom(seed);
        this.broker = new Broker(folder);
        this.postgres = new Postgres(folder);
        this.disk = ShardDisk.open(folder);
        broker.awaitReady();
        note("shards on " + disk.getClass().getSimpleName());
        Instance first = instance(folder.resolve("first.log"), Map.of("tideline.ingest.shard.instance", "first"));
        first.quicken();
        note("started with archived classes");
        this.instances = List.of(first, instance(folder.resolve("second.log"), Map.of()));
        instances.getLast().awaitReady();
        await().atMost(LONG).until(
                () -> first.client().put("/v1/datasets/" + DATASET, "{\"schema\":" + SentRecord.SCHEMA + SPLIT).status() / 100 == 2);
        note("ready");
    }

    private Instance instance(Path log, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("spring.kafka.consumer.properties[session.timeout.ms]", Long.toString(SESSION.toMillis()));
        settings.put("spring.kafka.consumer.properties[heartbeat.interval.ms]", Long.toString(HEARTBEAT.toMillis()));
        // Shorter than an outage, so that an outage is noticed.
        settings.put("spring.datasource.hikari.connection-timeout", "1000");
        settings.put("spring.datasource.hikari.validation-timeout", "1000");
        settings.put("spring.datasource.hikari.connection-init-sql",
                "set idle_in_transaction_session_timeout = '3s'; set lock_timeout = '3s'");
        settings.put("tideline.ingest.shard.max-records", "150");
        settings.put("tideline.ingest.shard.max-age", "300ms");
        settings.put("tideline.ingest.shard.retry", "300ms");
        // Longer than a zombie stands still: it is to be refused, not to find its file swept away.
        settings.put("tideline.ingest.shard.orphan-age", "10s");
        settings.put("tideline.ingest.shard.sweep-every", "1s");
        settings.put("tideline.ingest.intake.ack-timeout", "3s");
        settings.put("tideline.ingest.intake.transaction-timeout", "3s");
        return Instance.overFolder(log, broker.bootstrap(), postgres.jdbcUrl(), disk.root(), settings);
    }

    void suffer(Mishap mishap) {
        note(mishap.toString());
        switch (mishap) {
            case KILL -> kill(Duration.ofMillis(random.nextInt(1_200)), true);
            case KILL_AT_START -> kill(Duration.ofMillis(random.nextInt(2_500)), false);
            case STOP -> {
                Instance instance = working();
                instance.stop();
                instance.start();
            }
            case FREEZE -> freeze();
            case BROKER_KILLED -> {
                broker.kill();
                goOnFor(Duration.ofMillis(1_000 + random.nextInt(2_000)));
                broker.start();
            }
            case DATABASE_KILLED -> {
                postgres.kill();
                goOnFor(Duration.ofMillis(1_500 + random.nextInt(2_500)));
                postgres.start();
            }
            case DATABASE_FROZEN -> {
                postgres.freeze();
                goOnFor(Duration.ofMillis(3_500));
                postgres.thaw();
            }
            case DISK_FULL -> fillDisk();
        }
    }

    private void kill(Duration after, boolean working) {
        Instance victim = working ? working() : any();
        goOnFor(after);
        victim.kill();
        victim.start();
        kills++;
    }

    /** Beyond its session the group gives its partitions to the other one; what it does after that must not count. */
    private void freeze() {
        instances.forEach(Instance::awaitReady);
        Instance zombie = await().atMost(LONG).until(this::any, instance -> !instance.partitions().isEmpty());
        List<Integer> lost = zombie.partitions();
        double before = zombie.counter("tideline.ingest.shards.fenced");
        goOnFor(Duration.ofMillis(random.nextInt(500)));
        zombie.freeze();
        Map<Integer, Long> then = offsets();
        note("frozen with partitions " + lost + " at " + then);
        // Two commits on: one may have been under way.
        await().atMost(LONG).until(() -> lost.stream().allMatch(partition -> offsets().get(partition) > then.get(partition) + 300));
        zombie.thaw();
        zombie.awaitReady();
        // Whether it tries a commit, or hears first that it lost its partitions, is chance.
        goOnFor(Duration.ofSeconds(1));
        double now = zombie.counter("tideline.ingest.shards.fenced") - before;
        fenced += now;
        note("fenced " + now);
    }

    private void fillDisk() {
        instances.forEach(Instance::awaitReady);
        List<Long> processes = instances.stream().map(Instance::pid).toList();
        disk.fill(instances);
        note("disk full");
        await().atMost(LONG).until(() -> instances.stream().map(Instance::waiting).anyMatch(disk::isReason));
        long stuck = committed();
        goOnFor(Duration.ofSeconds(1));
        disk.free(instances);
        note("disk free");
        await().atMost(LONG).until(() -> committed() > stuck + 500);
        if (!processes.equals(instances.stream().map(Instance::pid).toList())) {
            throw new IllegalStateException("processes: changed (expected: a full disk is no reason to end)");
        }
    }

    private long committed() {
        return offsets().values().stream().mapToLong(offset -> offset).sum();
    }

    /** Offsets that the partitions are committed up to. */
    private Map<Integer, Long> offsets() {
        Map<Integer, Long> offsets = new TreeMap<>();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select partition, next_offset from partition_progress")) {
            while (row.next()) {
                offsets.put(row.getInt(1), row.getLong(2));
            }
            return offsets;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The moment of a mishap is no condition that one could wait for. */
    static void goOnFor(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
    }

    /** One of chance; the other one, while the first of them starts. */
    private Instance working() {
        return await().atMost(LONG).pollInterval(Duration.ofMillis(50)).until(this::any, Instance::ready);
    }

    private Instance any() {
        return instances.get(random.nextInt(instances.size()));
    }

    void note(String what) {
        diary.add("%6.1f s  %s".formatted((System.nanoTime() - began) / 1e9, what));
        try {
            Files.write(DIARY, diary);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<Instance> instances() {
        return instances;
    }

    String bootstrap() {
        return broker.bootstrap();
    }

    Path storage() {
        return disk.root();
    }

    Stored stored() throws Exception {
        try (Connection connection = postgres.connect()) {
            return Stored.read(connection, disk.root());
        }
    }

    /** A zombie that finds out in time is no proof: until one tried to commit and was refused. */
    void provokeAZombie() {
        for (int tries = 0; fenced == 0 && tries < MOST_ZOMBIES; tries++) {
            suffer(Mishap.FREEZE);
        }
    }

    /** All is as promised: the diary need not be shown. */
    void survived() {
        survived = true;
    }

    /** Commits that were refused because another instance had the partition. */
    double fenced() {
        return fenced;
    }

    int kills() {
        return kills;
    }

    @Override
    public void close() {
        note(survived ? "survived" : "given up");
        if (!survived) {
            System.out.println(String.join("\n", diary));
        }
        instances.forEach(Instance::close);
        disk.close();
        broker.close();
        postgres.close();
    }
}
