package dev.tideline.ingest.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.ingest.dataset.Catalogue;
import dev.tideline.ingest.dataset.TopicWatch;
import dev.tideline.ingest.rejects.Rejects;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.testing.TemporaryFolders;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.util.unit.DataSize;

/**
 * Members of one consumer group that come, go and stand still, on a real broker. The service's own writers rest meanwhile. Members read
 * the topics of all datasets of their database, so it is one that no other test has filled; the broker is shared, so names are their own.
 */
@ContextConfiguration(initializers = ShardConsumerIT.OwnDatabase.class)
@DirtiesContext
class ShardConsumerIT extends ServiceTest {

    static final class OwnDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("own database", Map.of(
                    "spring.datasource.url", TestPostgres.database().jdbcUrl("ingest"),
                    "tideline.ingest.shard.group", "shard-consumers", "tideline.storage.root", ROOT.toString())));
        }
    }

    private static final Path ROOT = TemporaryFolders.create("tideline-members");
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final int RECORDS = 60;

    private final ShardWriters own;
    private final Catalogue catalogue;
    private final TopicWatch topics;
    private final StorageIdentity storage;
    private final JdbcShards shards;
    private final ShardFolder folder;
    private final Rejects rejects;
    private final List<Member> members = new ArrayList<>();

    ShardConsumerIT(
            ShardWriters own, Catalogue catalogue, TopicWatch topics, StorageIdentity storage, JdbcShards shards, ShardFolder folder,
            Rejects rejects) {
        this.own = own;
        this.catalogue = catalogue;
        this.topics = topics;
        this.storage = storage;
        this.shards = shards;
        this.folder = folder;
        this.rejects = rejects;
    }

    private record Member(ShardConsumer consumer, Thread thread, SimpleMeterRegistry meters, List<Throwable> faults) {

        double counter(String name) {
            return meters.find(name).counter() == null ? 0 : meters.get(name).counter().count();
        }

        void stop() {
            consumer.stop();
            try {
                thread.join(LONG.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            assertThat(thread.isAlive()).isFalse();
            assertThat(faults).isEmpty();
        }
    }

    @BeforeEach
    void restTheOthers() {
        own.stop();
    }

    @AfterEach
    void letThemGoOn() {
        members.forEach(Member::stop);
        own.start();
    }

    @Test
    void commitsWhatIsOpenBeforeAPartitionGoesToANewMember() {
        ingest.declare("members-handover");
        Member first = join("members-handover", Duration.ofHours(1), System::nanoTime);
        send("members-handover");
        await().atMost(LONG).until(() -> openFiles("members-handover") == 3);
        assertThat(committed("members-handover")).isZero();

        Member second = join("members-handover", Duration.ofHours(1), System::nanoTime);
        await().atMost(LONG).until(() -> committed("members-handover") > 0);
        first.stop();
        second.stop();

        assertThat(committed("members-handover")).isEqualTo(RECORDS);
        assertThat(shards.files("members-handover")).extracting(ShardFile::records).satisfies(
                records -> assertThat(records.stream().mapToLong(count -> count).sum()).isEqualTo(RECORDS));
        assertThat(first.counter("tideline.ingest.shards.fenced") + second.counter("tideline.ingest.shards.fenced")).isZero();
    }

    @Test
    void refusesWhatAMemberCommitsAfterItStoodStill() throws IOException {
        ingest.declare("members-standstill");
        Standstill clock = new Standstill();
        Member zombie = join("members-standstill", Duration.ofSeconds(2), clock);
        send("members-standstill");
        await().atMost(LONG).until(() -> openFiles("members-standstill") == 3);
        clock.stop();

        Member heir = join("members-standstill", Duration.ofSeconds(2), System::nanoTime);
        await().atMost(LONG).until(() -> committed("members-standstill") == RECORDS);
        assertThat(openFiles("members-standstill")).as("the zombie's").isPositive();
        clock.goOn();

        await().atMost(LONG).until(() -> zombie.counter("tideline.ingest.shards.fenced") > 0);
        zombie.stop();
        heir.stop();
        assertThat(files("members-standstill")).containsExactlyInAnyOrderElementsOf(shards.files("members-standstill").stream().map(ShardFile::path).toList());
        assertThat(committed("members-standstill")).isEqualTo(RECORDS);
    }

    @Test
    void leavesPartitionsAloneThatItHandedOverBeforeTheyWereLost() {
        ingest.declare("members-ended");
        Member ended = join("members-ended", Duration.ofHours(1), System::nanoTime);
        send("members-ended");
        await().atMost(LONG).until(() -> openFiles("members-ended") == 3);
        ended.stop();

        ended.consumer().held().onPartitionsLost(Set.of(new TopicPartition(Topics.records("members-ended"), 0)));

        assertThat(committed("members-ended")).isEqualTo(RECORDS);
    }

    @Test
    void dropsWhatItHasOpenWhenTheGroupGaveItUp() throws IOException {
        ingest.declare("members-given-up");
        Standstill clock = new Standstill();
        Member lost = join("members-given-up", Duration.ofHours(1), clock);
        send("members-given-up");
        await().atMost(LONG).until(() -> openFiles("members-given-up") == 3);
        clock.stop();
        Member heir = join("members-given-up", Duration.ofSeconds(1), System::nanoTime);
        await().atMost(LONG).until(() -> committed("members-given-up") == RECORDS);
        clock.goOn();

        await().atMost(LONG).until(() -> openFiles("members-given-up") == 0);
        lost.stop();
        heir.stop();

        assertThat(lost.counter("tideline.ingest.records.committed")).isZero();
        assertThat(files("members-given-up")).hasSameSizeAs(shards.files("members-given-up"));
    }

    /** A clock that lets nobody go who asks it. */
    private static final class Standstill implements LongSupplier {

        private final CountDownLatch release = new CountDownLatch(1);
        private volatile boolean stopped;

        void stop() {
            stopped = true;
        }

        void goOn() {
            release.countDown();
        }

        @Override
        public long getAsLong() {
            if (stopped) {
                try {
                    assertThat(release.await(LONG.toSeconds() * 2, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            return System.nanoTime();
        }
    }

    private Member join(String group, Duration maxAge, LongSupplier flushClock) {
        Map<String, Object> settings = Map.of("bootstrap.servers", TestKafka.shared().bootstrap(), "group.id", "test-" + group,
                "enable.auto.commit", false, "auto.offset.reset", "none", "isolation.level", "read_committed",
                "max.poll.interval.ms", 3_000, "session.timeout.ms", 6_000, "heartbeat.interval.ms", 500,
                "partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ShardMeters meters = new ShardMeters(registry);
        ShardProperties properties = new ShardProperties(1, "test-" + group, null, DataSize.ofMegabytes(8), 1_000_000, maxAge, Duration.ofMillis(50),
                Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofHours(1), Duration.ofHours(1));
        ShardConsumer consumer = new ShardConsumer(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()), catalogue, topics, storage,
                new FlushRequests(shards, Duration.ofMillis(50), flushClock), new WriterFactory(folder, shards, rejects, properties, meters),
                meters, System::nanoTime, Duration.ofMillis(100));
        List<Throwable> faults = new CopyOnWriteArrayList<>();
        Thread thread = Thread.ofPlatform().daemon().uncaughtExceptionHandler((ended, fault) -> faults.add(fault)).start(consumer);
        Member member = new Member(consumer, thread, registry, faults);
        members.add(member);
        return member;
    }

    private static void send(String dataset) {
        Map<String, Object> settings = Map.of("bootstrap.servers", TestKafka.shared().bootstrap());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int n = 0; n < RECORDS; n++) {
                producer.send(new ProducerRecord<>(Topics.records(dataset), n % 3, null, IngestClient.record(n).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private long committed(String dataset) {
        return shards.nextOffsets(dataset).values().stream().mapToLong(offset -> offset).sum();
    }

    private static long openFiles(String dataset) throws IOException {
        return files(dataset).stream().filter(file -> file.endsWith(".tmp")).count();
    }

    private static List<String> files(String dataset) throws IOException {
        Path shardsOf = ROOT.resolve("datasets/" + dataset + "/shards");
        if (!Files.isDirectory(shardsOf)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(shardsOf)) {
            return files.map(file -> ROOT.relativize(file).toString()).toList();
        }
    }
}
