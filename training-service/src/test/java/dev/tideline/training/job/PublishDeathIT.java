package dev.tideline.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.modelstore.ModelStore;
import dev.tideline.testing.TemporaryFolders;
import dev.tideline.testing.TestPostgres;
import dev.tideline.training.support.FakeIngest;
import dev.tideline.training.support.ServiceInstance;
import dev.tideline.training.support.Trips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Processes killed in the midst of a publication. A trigger that waits for a lock of this test holds a service at the place in question:
 * what it has done by then is on disk, what it does next has not begun.
 */
class PublishDeathIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int GATE = 4_711;
    private static final Path STORAGE = TemporaryFolders.create("tideline-publish");
    private static final FakeIngest INGEST = new FakeIngest(STORAGE);
    private static final List<ServiceInstance> STARTED = new ArrayList<>();
    private static final ModelStore STORE = new ModelStore(STORAGE);
    private static TestPostgres.Database database;

    @BeforeAll
    static void start() throws SQLException {
        database = TestPostgres.database();
        INGEST.seal("trips", Trips.schema(), Trips.examples(600, 1, 1), Trips.examples(300, 2, 1));
        instance().ready();
        instance();
        try (var connection = connect()) {
            execute(connection, "CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock("
                + GATE + "); RETURN NEW; END $$");
            execute(connection, "CREATE TRIGGER gate BEFORE UPDATE ON job FOR EACH ROW"
                + " WHEN (NEW.state = 'PUBLISHING' AND OLD.state <> 'PUBLISHING') EXECUTE FUNCTION gate()");
            execute(connection, "CREATE TRIGGER gate BEFORE INSERT ON model_version FOR EACH ROW EXECUTE FUNCTION gate()");
            execute(connection, "ALTER TABLE job DISABLE TRIGGER gate");
            execute(connection, "ALTER TABLE model_version DISABLE TRIGGER gate");
        }
    }

    @AfterAll
    static void stop() {
        STARTED.forEach(ServiceInstance::close);
    }

    @Test
    void aServiceKilledBeforeTheRenameLeavesNothingAndTheRetryPublishesOnce() throws Exception {
        var job = killedAt("before", "job", () -> {
            assertThat(STORE.folder("before", 1)).as("built, and nothing to be seen of it").doesNotExist();
            assertThat(STORE.folder("before", 1).resolveSibling(".draft-1-1").resolve("saved_model.pb")).exists();
            return null;
        });

        publishedOnce("before", job);
    }

    @Test
    void aServiceKilledBetweenRenameAndRowLeavesAWholeModelThatTheRetryReplaces() throws Exception {
        var job = killedAt("between", "model_version", () -> {
            assertThat(STORE.damaged(STORE.manifest("between", 1))).as("renamed, so it is whole").isEmpty();
            try (var connection = connect(); var rows = connection.createStatement().executeQuery("SELECT count(*) FROM model_version WHERE model = 'between'")) {
                rows.next();
                assertThat(rows.getInt(1)).as("the registry does not know it").isZero();
            }
            return null;
        });

        publishedOnce("between", job);
    }

    @Test
    void aChildKilledWhileItExportsIsFollowedByOneThatPublishesOnce() throws Exception {
        var job = submit("child");
        var draft = STORE.folder("child", 1).resolveSibling(".draft-1-1");
        await().atMost(SOON).pollInterval(Duration.ofMillis(2)).until(() -> Files.exists(draft.resolve("saved_model.pb")));
        ServiceInstance.signal(Long.parseLong(Files.readString(STORAGE.resolve("jobs").resolve(job).resolve("child.pid"))), "KILL");

        publishedOnce("child", job);
    }

    /** Kills the service that runs a job of {@code model} when it writes to {@code table}, after {@code then} has looked around. */
    private static String killedAt(String model, String table, Callable<Void> then) throws Exception {
        try (var gate = connect(); var admin = connect()) {
            execute(gate, "SELECT pg_advisory_lock(" + GATE + ")");
            execute(admin, "ALTER TABLE " + table + " ENABLE TRIGGER gate");
            var job = submit(model);
            await().atMost(SOON).until(() -> waiting(admin));
            var owner = STARTED.stream().filter(each -> each.log().contains("Job " + job + ": trains")).findFirst().orElseThrow();

            then.call();
            owner.signal("KILL");

            STARTED.remove(owner);
            await().atMost(SOON).until(() -> !owner.alive());
            // The statement that waited ends with its connection, undone.
            execute(gate, "SELECT pg_advisory_unlock(" + GATE + ")");
            execute(admin, "ALTER TABLE " + table + " DISABLE TRIGGER gate");
            instance();
            return job;
        }
    }

    private static void publishedOnce(String model, String job) throws IOException {
        var done = any().await(job, SOON, "PROMOTED", "REJECTED", "FAILED");
        assertThat(done.get("state").stringValue()).as(done.toString()).isEqualTo("PROMOTED");
        assertThat(done.get("attempt").intValue()).isEqualTo(2);
        assertThat(any().get("/v1/models/" + model + "/versions").get("versions")).hasSize(1);
        assertThat(STORE.damaged(STORE.manifest(model, 1))).isEmpty();
        try (var left = Files.list(STORAGE.resolve("models").resolve(model))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("1");
        }
    }

    private static boolean waiting(Connection connection) throws SQLException {
        try (var rows = connection.createStatement().executeQuery("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = "
                + GATE + " AND NOT granted")) {
            rows.next();
            return rows.getInt(1) > 0;
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl("training"), TestPostgres.shared().username(), TestPostgres.shared().password());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static ServiceInstance instance() {
        var instance = ServiceInstance.start(STORAGE, database, INGEST, Map.of());
        STARTED.add(instance);
        return instance;
    }

    private static ServiceInstance any() {
        return STARTED.getFirst().ready();
    }

    private static String submit(String model) {
        any().put("/v1/models/" + model, """
            {"dataset":"trips","layers":[{"dense":{"units":8,"activation":"relu"}}],"head":{"binary":{}},
             "optimizer":{"adam":{"learningRate":0.02}},"training":{"epochs":3,"batchSize":100,"seed":3}}""");
        JsonNode answer = any().post("/v1/models/" + model + "/jobs", "{}");
        assertThat(answer.has("job")).as(answer.toString()).isTrue();
        return answer.get("job").stringValue();
    }
}
