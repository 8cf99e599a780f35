package dev.tideline.ingest.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DataWindow;
import dev.tideline.testing.TestPostgres;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/** A version that was sealed before files had checksums of their own kind, read after the migration. */
class OldRowsIT {

    private static final String WHOLE = "datasets/d/shards/d-0-0-9.tfrecord";
    private static final String CUT = "datasets/d/shards/d-0-10-19.tfrecord";
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    private final DriverManagerDataSource source = new DriverManagerDataSource(
            TestPostgres.database().jdbcUrl("ingest"), TestPostgres.shared().username(), TestPostgres.shared().password());
    private final JdbcClient jdbc = JdbcClient.create(source);
    private final JdbcVersions versions = new JdbcVersions(jdbc, JsonMapper.builder().build());

    @Test
    void filesFromBeforeChecksumsKeepTheirSha256AsBoth() {
        migrateTo("8");
        fill();

        migrateTo("latest");

        SealedVersion version = versions.find("d", 1).orElseThrow();
        assertThat(version.window()).isEqualTo(new DataWindow.Last(14));
        assertThat(version.sealedAt()).isEqualTo(THEN);
        List<VersionFile> files = versions.files(version);
        assertThat(files).extracting(VersionFile::path).containsExactly(CUT, WHOLE);
        assertThat(files).extracting(VersionFile::checksum).containsExactly("bb", "aa");
        assertThat(files.getFirst().part()).as("never measured").isNull();
        assertThat(files.getLast().part()).isEqualTo(new SliceBytes(0, 100, "aa"));
    }

    @Test
    void aSha256FromBeforeIsNotReplaced() {
        migrateTo("8");
        fill();
        migrateTo("latest");

        versions.remember(WHOLE, "other");

        assertThat(jdbc.sql("select sha256 from shard_file where path = ?").param(WHOLE).query(String.class).single()).isEqualTo("aa");
    }

    private void migrateTo(String target) {
        Flyway.configure().dataSource(source).schemas("ingest").target(target).load().migrate();
    }

    private void fill() {
        Object then = THEN.atOffset(ZoneOffset.UTC);
        jdbc.sql("insert into dataset (name, split_by, split_evaluation, partitions, declared_at) values ('d', 'TIME', 0.2, 1, ?)").param(then).update();
        jdbc.sql("insert into dataset_schema (dataset, version, fingerprint, schema, declared_at) values ('d', 1, 'f', '{}', ?)").param(then).update();
        jdbc.sql("insert into partition_progress (dataset, partition, next_offset, committed) values ('d', 0, 20, 20)").update();
        long whole = file(0, WHOLE, "aa");
        long cut = file(10, CUT, "bb");
        String window = JsonMapper.builder().build().writerFor(DataWindow.class).writeValueAsString(new DataWindow.Last(14));
        jdbc.sql("""
                insert into dataset_version (dataset, version, request_id, window_rule, schema_version, records, evaluation, content_hash, manifest, sealed_at)
                values ('d', 1, 'r', cast(? as jsonb), 1, 14, 4, 'c', 'm', ?)
                """).params(window, then).update();
        jdbc.sql("""
                insert into dataset_version_slice (dataset, version, split, ordinal, shard_file, skip, take, first_byte, bytes, sha256)
                values ('d', 1, 'train', 0, ?, 0, 10, 0, 100, 'aa')
                """).param(whole).update();
        jdbc.sql("insert into dataset_version_slice (dataset, version, split, ordinal, shard_file, skip, take) values ('d', 1, 'evaluation', 0, ?, 0, 4)")
                .param(cut).update();
    }

    private long file(long first, String path, String sha256) {
        Object then = THEN.atOffset(ZoneOffset.UTC);
        long shard = jdbc.sql("""
                insert into shard (dataset, partition, first_offset, last_offset, schema_version, rejected, committed_at)
                values ('d', 0, ?, ?, 1, 0, ?) returning id
                """).params(first, first + 9, then).query(Long.class).single();
        return jdbc.sql("""
                insert into shard_file (shard, path, records, bytes, sha256, min_time, max_time, time_step, times, statistics)
                values (?, ?, 10, 100, ?, ?, ?, 1, '{}', '{}') returning id
                """).params(shard, path, sha256, then, then).query(Long.class).single();
    }
}
