package dev.tideline.ingest.shard;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the database knows of the storage that its paths belong to. */
@Component
final class JdbcStorage {

    private final JdbcClient jdbc;

    JdbcStorage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the transaction ends, nobody else asks. */
    void lock() {
        jdbc.sql("lock table storage in exclusive mode").update();
    }

    Optional<String> id() {
        return jdbc.sql("select id from storage").query(String.class).optional();
    }

    void insert(String id) {
        jdbc.sql("insert into storage (id) values (?)").param(id).update();
    }

    /** Path of one committed file. */
    Optional<String> someFile() {
        return jdbc.sql("select path from shard_file limit 1").query(String.class).optional();
    }
}
