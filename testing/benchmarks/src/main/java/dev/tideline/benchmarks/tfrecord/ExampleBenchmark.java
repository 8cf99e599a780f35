package dev.tideline.benchmarks.tfrecord;

import dev.tideline.tfrecord.Example;
import com.google.protobuf.InvalidProtocolBufferException;
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
    private int next;

    public ExampleBenchmark() {
        for (int i = 0; i < ROWS; i++) {
            encoded[i] = rows[i].encode();
        }
    }

    @Benchmark
    public byte[] encode() {
        return rows[next++ & ROWS - 1].encode();
    }

    @Benchmark
    public byte[] encodeProtobuf() {
        return rows[next++ & ROWS - 1].encodeWithProtobuf();
    }

    @Benchmark
    public Example decode() {
        return Example.decode(encoded[next++ & ROWS - 1]);
    }

    @Benchmark
    public org.tensorflow.proto.Example decodeProtobuf() throws InvalidProtocolBufferException {
        return org.tensorflow.proto.Example.parseFrom(encoded[next++ & ROWS - 1]);
    }
}
