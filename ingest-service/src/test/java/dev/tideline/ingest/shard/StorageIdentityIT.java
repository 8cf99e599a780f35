package dev.tideline.ingest.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tideline.storage.Storage;
import dev.tideline.storage.Storages;
import dev.tideline.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Which root and which database go together, on a new database for each test. */
class StorageIdentityIT {

    private static final String SHARD = "datasets/d/shards/d-0-0-4-00000000.tfrecord";

    @TempDir
    private Path folder;
    private JdbcClient jdbc;
    private TransactionTemplate transaction;

    @BeforeEach
    void newDatabase() {
        DriverManagerDataSource source = new DriverManagerDataSource(
                TestPostgres.database().jdbcUrl("ingest"), TestPostgres.shared().username(), TestPostgres.shared().password());
        Flyway.configure().dataSource(source).schemas("ingest").load().migrate();
        this.jdbc = JdbcClient.create(source);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    @Test
    void tiesANewRootToANewDatabaseAndKnowsThemAgain() throws IOException {
        StorageIdentity first = identity(folder);
        assertThat(first.verified()).isFalse();

        first.verify();

        assertThat(first.verified()).isTrue();
        String id = Files.readString(folder.resolve(StorageIdentity.MARKER));
        assertThat(jdbc.sql("select id from storage").query(String.class).list()).containsExactly(id);
        StorageIdentity second = identity(folder);
        second.verify();
        assertThat(second.verified()).isTrue();
    }

    @Test
    void refusesAnEmptyRootForADatabaseThatHasOne() throws IOException {
        identity(folder).verify();
        String id = Files.readString(folder.resolve(StorageIdentity.MARKER));
        Path notMounted = Files.createDirectory(folder.resolve("not-mounted"));

        StorageIdentity other = identity(notMounted);

        assertThatExceptionOfType(ForeignStorageException.class).isThrownBy(other::verify).withMessage("tideline.storage.root: " + notMounted
                + " has no file .tideline-storage (expected: the id " + id + ", which the database knows)");
        assertThat(other.verified()).isFalse();
        assertThat(notMounted).isEmptyDirectory();
    }

    @Test
    void refusesTheRootOfAnotherDatabase() throws IOException {
        identity(folder).verify();
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve(StorageIdentity.MARKER), "0123456789abcdef\n");

        assertThatExceptionOfType(ForeignStorageException.class).isThrownBy(identity(other)::verify)
                .withMessageContaining("has the id 0123456789abcdef (expected: the id ");
    }

    @Test
    void refusesARootWithShardsForANewDatabaseAndTakesNoneOfThem() throws IOException {
        Path shard = file();
        StorageIdentity identity = identity(folder);

        assertThatExceptionOfType(ForeignStorageException.class).isThrownBy(identity::verify)
                .withMessageContaining("has shards that the database does not know");
        assertThat(shard).exists();
        assertThat(jdbc.sql("select count(*) from storage").query(Integer.class).single()).isZero();
    }

    @Test
    void adoptsTheRootOfADatabaseFromBeforeThereWereIds() throws IOException {
        file();
        row();

        identity(folder).verify();

        assertThat(folder.resolve(StorageIdentity.MARKER)).exists();
    }

    @Test
    void refusesToAdoptARootThatLacksTheDatabasesFiles() {
        row();

        assertThatExceptionOfType(ForeignStorageException.class).isThrownBy(identity(folder)::verify)
                .withMessageContaining("has no file " + SHARD + " (expected: the files that the database knows)");
    }

    @Test
    void startsOverAfterACrashBetweenMarkerAndRow() throws IOException {
        Files.writeString(folder.resolve(StorageIdentity.MARKER), "half done");

        identity(folder).verify();

        assertThat(jdbc.sql("select id from storage").query(String.class).single())
                .isEqualTo(Files.readString(folder.resolve(StorageIdentity.MARKER))).isNotEqualTo("half done");
    }

    @Test
    void letsTwoInstancesStartForTheFirstTimeAtOnce() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        List<StorageIdentity> instances = List.of(identity(folder), identity(folder));
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            List<Future<?>> starts = new ArrayList<>();
            for (StorageIdentity instance : instances) {
                starts.add(pool.submit(() -> {
                    together.await();
                    instance.verify();
                    return null;
                }));
            }
            for (Future<?> start : starts) {
                start.get();
            }
        }
        assertThat(instances).allMatch(StorageIdentity::verified);
        assertThat(jdbc.sql("select count(*) from storage").query(Integer.class).single()).isOne();
    }

    private Path file() throws IOException {
        Path file = folder.resolve(SHARD);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "records");
    }

    private void row() {
        jdbc.sql("insert into dataset (name, split_by, split_evaluation, partitions, declared_at) values ('d', 'TIME', 0, 1, now())").update();
        jdbc.sql("insert into dataset_schema (dataset, version, fingerprint, schema, declared_at) values ('d', 1, 'f', '{}', now())").update();
        jdbc.sql("insert into partition_progress (dataset, partition, next_offset) values ('d', 0, 5)").update();
        long shard = jdbc.sql("""
                insert into shard (dataset, partition, first_offset, last_offset, schema_version, rejected, committed_at)
                values ('d', 0, 0, 4, 1, 0, now()) returning id
                """).query(Long.class).single();
        jdbc.sql("""
                insert into shard_file (shard, path, records, bytes, checksum, min_time, max_time, time_step, times, statistics)
                values (?, ?, 5, 7, 's', now(), now(), 1, '{}', '{}')
                """).params(shard, SHARD).update();
    }

    private StorageIdentity identity(Path root) {
        Random random = new Random(7);
        Storage files = Storages.folder(root);
        ShardFolder folder = new ShardFolder(files, random, Clock.systemUTC(), new UploadProperties(1, Duration.ofSeconds(1)),
                new DirectIoProperties(false, 1));
        return new StorageIdentity(files, folder, new JdbcStorage(jdbc), transaction, random);
    }
}
