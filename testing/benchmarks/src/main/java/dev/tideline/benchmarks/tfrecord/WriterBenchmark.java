package dev.tideline.benchmarks.tfrecord;

import dev.tideline.tfrecord.RowEncoder;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Row to TFRecord file: encode, checksum, write. The rival encodes with protobuf-java and writes through a buffered stream. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WriterBenchmark {

    private static final int ROWS = 20_000;

    private final Row[] rows = Row.random(ROWS);
    private final RowEncoder encoder = new RowEncoder(Row.names());
    private Path folder;

    @Setup(Level.Trial)
    public void createFolder() throws IOException {
        folder = Files.createTempDirectory("tideline-benchmark");
    }

    @TearDown(Level.Trial)
    public void removeFolder() throws IOException {
        Files.delete(folder);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long write() throws IOException {
        Path file = folder.resolve("tideline");
        try (TfRecordWriter writer = TfRecordWriter.create(file)) {
            for (Row row : rows) {
                row.set(encoder);
                encoder.encodeTo(writer);
            }
        }
        return size(file);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long writeProtobuf() throws IOException {
        Path file = folder.resolve("protobuf");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (Row row : rows) {
                byte[] payload = row.encodeWithProtobuf();
                byte[] length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(payload.length).array();
                out.write(length);
                out.write(masked(length));
                out.write(payload);
                out.write(masked(payload));
            }
        }
        return size(file);
    }

    private static long size(Path file) throws IOException {
        long size = Files.size(file);
        Files.delete(file);
        return size;
    }

    private static byte[] masked(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int value = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }
}
