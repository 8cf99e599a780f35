package dev.tideline.ingest.survival;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the database and the disk say in the end, read without the service. */
record Stored(Map<Integer, Progress> partitions, List<StoredFile> files) {

    record Progress(long next, long committed, long rejected) {}

    /** @param payloads the records as they lie in the file */
    record StoredFile(int partition, long first, long last, String path, String checksum, String checksumOnDisk, List<byte[]> payloads) {

        List<String> ids() {
            return payloads.stream().map(payload -> ((Feature.Bytes) Example.decode(payload).feature("id")).text(0)).toList();
        }
    }

    static Stored read(Connection database, Path storage) throws SQLException, IOException {
        Map<Integer, Progress> partitions = new TreeMap<>();
        List<StoredFile> files = new ArrayList<>();
        try (Statement statement = database.createStatement()) {
            try (ResultSet row = statement.executeQuery("select partition, next_offset, committed, rejected from partition_progress")) {
                while (row.next()) {
                    partitions.put(row.getInt(1), new Progress(row.getLong(2), row.getLong(3), row.getLong(4)));
                }
            }
            try (ResultSet row = statement.executeQuery("""
                    select s.partition, s.first_offset, s.last_offset, f.path, f.checksum
                      from shard s join shard_file f on f.shard = s.id order by s.partition, s.first_offset, f.path
                    """)) {
                while (row.next()) {
                    Path file = storage.resolve(row.getString(4));
                    files.add(new StoredFile(row.getInt(1), row.getLong(2), row.getLong(3), row.getString(4), row.getString(5),
                            checksum(file), payloads(file)));
                }
            }
        }
        return new Stored(partitions, files);
    }

    /** Everything in the folder of shards, relative to the storage root. */
    static List<String> filesOnDisk(Path storage, String dataset) throws IOException {
        try (Stream<Path> files = Files.list(storage.resolve("datasets").resolve(dataset).resolve("shards"))) {
            return files.map(file -> storage.relativize(file).toString()).toList();
        }
    }

    List<String> paths() {
        return files.stream().map(StoredFile::path).toList();
    }

    List<String> ids() {
        return files.stream().flatMap(file -> file.ids().stream()).toList();
    }

    /** Ids of a partition's records in the order of its files. */
    List<String> ids(int partition) {
        return files.stream().filter(file -> file.partition() == partition).flatMap(file -> file.ids().stream()).toList();
    }

    private static List<byte[]> payloads(Path file) throws IOException {
        List<byte[]> payloads = new ArrayList<>();
        try (TfRecordReader reader = TfRecordReader.open(file)) {
            for (byte[] record = reader.next(); record != null; record = reader.next()) {
                payloads.add(record);
            }
        }
        return payloads;
    }

    private static String checksum(Path file) throws IOException {
        HashValue128 value = Hashing.xxh3_128().hashBytesTo128Bits(Files.readAllBytes(file));
        return "xxh128:" + HexFormat.of().toHexDigits(value.getMostSignificantBits()) + HexFormat.of().toHexDigits(value.getLeastSignificantBits());
    }
}
