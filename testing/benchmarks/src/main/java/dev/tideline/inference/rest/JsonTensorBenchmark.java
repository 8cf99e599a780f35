package dev.tideline.inference.rest;

import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.SpecShape;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorSpec;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request of 128 rows of 16 numbers as a tensor, and an answer of as many as text: requests per millisecond. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonTensorBenchmark {

    private static final int ROWS = 128;
    private static final int COLUMNS = 16;
    private static final JsonMapper JACKSON = JsonMapper.builder().build();
    private static final Signature SIGNATURE = new Signature("serving_default", "",
            new TreeMap<>(Map.of("x", new TensorSpec("x", "x:0", DataType.FLOAT, SpecShape.ofUnknownRank()))), new TreeMap<>(), Map.of());

    /** Digits behind the point; 0: as many as a double has. */
    @Param({"4", "0"})
    public int digits;

    private byte[] request = new byte[0];
    private final float[] numbers = new float[ROWS * COLUMNS];

    @Setup
    public void write() {
        SplittableRandom random = new SplittableRandom(1);
        String rows = IntStream.range(0, ROWS).mapToObj(row -> IntStream.range(0, COLUMNS).mapToObj(column -> {
            double value = random.nextDouble() * 4 - 2;
            numbers[row * COLUMNS + column] = (float) value;
            return digits == 0 ? Double.toString(value) : String.format(Locale.ROOT, "%." + digits + "f", value);
        }).collect(Collectors.joining(", ", "[", "]"))).collect(Collectors.joining(", ", "{\"instances\": [", "]}"));
        request = PredictBody.utf8(rows);
    }

    @Benchmark
    public Object read() {
        return new PredictRequest(request).read(SIGNATURE);
    }

    @Benchmark
    public Object readJacksonTree() {
        float[] values = new float[ROWS * COLUMNS];
        int n = 0;
        for (JsonNode row : JACKSON.readTree(request).get("instances")) {
            for (JsonNode number : row) {
                values[n++] = number.floatValue();
            }
        }
        return values;
    }

    @Benchmark
    public Object readJacksonTokens() {
        float[] values = new float[ROWS * COLUMNS];
        int n = 0;
        try (JsonParser parser = JACKSON.createParser(request)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    values[n++] = parser.getFloatValue();
                }
            }
        }
        return values;
    }

    @Benchmark
    public Object write128() {
        return PredictResponse.rows(Map.of("y", Tensor.floats(Shape.of(ROWS, COLUMNS), numbers)));
    }

    @Benchmark
    public Object write128Jackson() {
        float[][] rows = new float[ROWS][];
        for (int row = 0; row < ROWS; row++) {
            rows[row] = java.util.Arrays.copyOfRange(numbers, row * COLUMNS, (row + 1) * COLUMNS);
        }
        return JACKSON.writeValueAsBytes(Map.of("predictions", rows));
    }
}
