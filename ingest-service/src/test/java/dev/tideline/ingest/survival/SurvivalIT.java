package dev.tideline.ingest.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.ingest.support.IngestClient.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise of ingest-service, under everything that we can do to it: each acknowledged record is in exactly one committed file,
 * byte for byte. {@code -Dtideline.kills=100} and {@code -Dtideline.seed=7} give another run.
 */
class SurvivalIT {

    private static final int KILLS = Integer.getInteger("tideline.kills", 20);
    private static final long SEED = Long.getLong("tideline.seed", 20_261_122);
    private static final Duration QUIET = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void keepsEveryAcknowledgedRecordInExactlyOneShard() throws Exception {
        Ledger ledger = new Ledger(SEED);
        try (World world = new World(folder, SEED)) {
            List<RecordDoor> doors = world.instances().stream()
                    .map(instance -> new RecordDoor(instance.client().uri("/v1/datasets/" + World.DATASET + "/records"))).toList();
            Traffic traffic = new Traffic(World.DATASET, world.bootstrap(), ledger, doors, folder).start();
            try {
                Mishap.plan(KILLS, new SplittableRandom(SEED)).forEach(world::suffer);
                world.provokeAZombie();
                world.instances().forEach(Instance::awaitReady);
            } finally {
                traffic.close();
                doors.forEach(door -> world.note("answers " + door.answers()));
            }
            assertThat(traffic.failures()).isEmpty();
            Answer sealed = await().atMost(QUIET).until(
                    () -> world.instances().getLast().client().seal(World.DATASET, "{\"rule\":\"all\"}", "end"), answer -> answer.status() == 201);

            Stored stored = world.stored();
            holdsEveryAcknowledgedRecordOnce(stored, ledger);
            holdsTheBytesThatWereSent(stored, ledger);
            holdsEachPartitionInOrder(stored, OnTopic.read(world.bootstrap(), Topics.records(World.DATASET)));
            hasEveryRejectOnItsTopic(world, ledger);
            assertThat(sealed.body().path("records").asInt()).isEqualTo(stored.ids().size());
            await().atMost(QUIET).untilAsserted(() -> assertThat(Stored.filesOnDisk(world.storage(), World.DATASET))
                    .containsExactlyInAnyOrderElementsOf(stored.paths()));
            world.note(stored.ids().size() + " records in " + stored.files().size() + " files; " + ledger.acknowledged().size()
                    + " acknowledged of " + ledger.sent().size() + " sent; " + ledger.poison().size() + " rejected");
            assertThat(world.kills()).isGreaterThanOrEqualTo(KILLS);
            assertThat(world.fenced()).as("commits of zombies refused").isPositive();
            assertThat(ledger.acknowledged()).hasSizeGreaterThan(50 * KILLS);
            world.survived();
        }
    }

    private static void holdsEveryAcknowledgedRecordOnce(Stored stored, Ledger ledger) {
        Set<String> once = new HashSet<>();
        assertThat(stored.ids().stream().filter(id -> !once.add(id))).as("stored twice").isEmpty();
        assertThat(without(ledger.acknowledged(), once)).as("acknowledged and lost").isEmpty();
        assertThat(without(once, ledger.sent().keySet())).as("never sent").isEmpty();
    }

    private static void holdsTheBytesThatWereSent(Stored stored, Ledger ledger) {
        for (Stored.StoredFile file : stored.files()) {
            assertThat(file.checksumOnDisk()).as(file.path()).isEqualTo(file.checksum());
            List<String> ids = file.ids();
            for (int i = 0; i < ids.size(); i++) {
                assertThat(file.payloads().get(i)).as(ids.get(i)).isEqualTo(ledger.sent().get(ids.get(i)));
            }
        }
    }

    /** Offsets go on without a gap or an overlap: the files of a partition, one after the other, are the topic's partition. */
    private static void holdsEachPartitionInOrder(Stored stored, OnTopic topic) {
        assertThat(stored.partitions().keySet()).isEqualTo(topic.ends().keySet());
        for (Map.Entry<Integer, Stored.Progress> partition : stored.partitions().entrySet()) {
            int number = partition.getKey();
            assertThat(stored.ids(number)).as("partition %d", number).isEqualTo(topic.ids(number));
            assertThat(partition.getValue()).isEqualTo(
                    new Stored.Progress(topic.ends().get(number), topic.ids(number).size(), topic.poison(number)));
            long next = 0;
            for (Stored.StoredFile file : stored.files().stream().filter(file -> file.partition() == number).toList()) {
                assertThat(file.first()).as(file.path()).isGreaterThanOrEqualTo(next);
                assertThat(file.last()).isGreaterThanOrEqualTo(file.first());
                next = file.last() + 1;
            }
            assertThat(partition.getValue().next()).isGreaterThanOrEqualTo(next);
        }
    }

    private static void hasEveryRejectOnItsTopic(World world, Ledger ledger) {
        Set<String> rejects = OnTopic.read(world.bootstrap(), Topics.REJECTS).records().stream().map(record -> text(record.value()))
                .collect(Collectors.toSet());
        Set<String> poison = ledger.poison().stream().map(n -> text(SentRecord.poison(n))).collect(Collectors.toSet());
        assertThat(without(poison, rejects)).as("neither stored nor rejected").isEmpty();
    }

    /** Sets, since AssertJ compares each element with each. */
    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
