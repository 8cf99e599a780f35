package dev.tideline.benchmarks.tfrecord;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tideline.tfrecord.RowDecoder;
import dev.tideline.tfrecord.RowEncoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding and decoding one row, in records per second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExampleBenchmark {

    private static final int ROWS = 1 << 10;

    private final Row[] rows = Row.random(ROWS);
    private final byte[][] encoded = new byte[ROWS][];
    private final RowEncoder encoder = new RowEncoder(Row.names());
    private final RowDecoder decoder = new RowDecoder(Row.names());
    private int next;

    public ExampleBenchmark() {
        for (int i = 0; i < ROWS; i++) {
            encoded[i] = rows[i].encodeWithProtobuf();
        }
    }

    @Benchmark
    public byte[] encode() {
        rows[next++ & ROWS - 1].set(encoder);
        return encoder.encode();
    }

    @Benchmark
    public byte[] encodeProtobuf() {
        return rows[next++ & ROWS - 1].encodeWithProtobuf();
    }

    @Benchmark
    public Object decode() {
        decoder.decode(encoded[next++ & ROWS - 1]);
        return Row.read(decoder);
    }

    @Benchmark
    public Object decodeProtobuf() throws InvalidProtocolBufferException {
        return Row.readWithProtobuf(encoded[next++ & ROWS - 1]);
    }
}
