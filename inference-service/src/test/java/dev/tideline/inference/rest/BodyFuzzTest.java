package dev.tideline.inference.rest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tideline.inference.prediction.EntryPoint;
import dev.tideline.inference.prediction.InputReader;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.testing.Fuzzing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes at all: tensors or INVALID_ARGUMENT, in memory that goes with the length; any path: a call or INVALID_ARGUMENT. */
class BodyFuzzTest {

    private static final int MEMORY = 4_000_000;
    private static final int MEMORY_PER_BYTE = 512;
    private static final List<Signature> SIGNATURES = List.of(
            Signatures.of("x", DataType.FLOAT), Signatures.of("x", DataType.STRING), Signatures.of("x", DataType.UINT64),
            Signatures.of("x", DataType.INT8), Signatures.of("a", DataType.BOOL, "b", DataType.DOUBLE),
            Signatures.of("inputs", DataType.STRING));
    private static final List<Function<byte[], InputReader>> READERS = List.of(PredictRequest::new, body -> new ExampleRequest(EntryPoint.REST_REGRESS, body));

    static Stream<byte[]> seeds() {
        return Stream.of("", "{}", "{\"instances\": [1, 2.5e3, NaN, -Infinity]}", "{\"instances\": [[1,2],[3,4]], \"signature_name\": \"s\"}",
                "{\"instances\": [{\"a\": true, \"b\": 1}, {\"b\": 1e400, \"a\": false}]}", "{\"inputs\": {\"x\": [[[[1]]]]}}",
                "{\"inputs\": {\"b64\": \"YQ==\"}}", "{\"instances\": [{\"b64\": \"YQ==\"}, \"\\u00e4\\ud83d\\ude00\"]}",
                "{\"instances\": [18446744073709551615, -0, 12345678901234567890123]}", "{\"inputs\": [], \"x\": {\"y\": [null, {}]}}",
                "{\"examples\": [{\"x\": [1.0, 2.0], \"s\": \"a\"}, {\"x\": 3, \"t\": true}], \"context\": {\"c\": {\"b64\": \"YQ==\"}}}",
                "{\"instances\": " + "[".repeat(300) + "1" + "]".repeat(300) + "}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<byte[]> paths() {
        return Stream.of("/v1/models/m:predict", "/v1/models/m/versions/12:classify", "/v1/models/m/labels/a%2Fb/metadata", "/V1/Models/%C3%A4",
                "/v1/models/m/versions/99999999999999999999", "/v1/models//:", "/v1/models/%:regress")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsAnyBytes(byte[] bytes) {
        check(bytes);
    }

    @Test
    void readsNearlyGoodBytes() {
        Fuzzing.mutate(4, 5_000, seeds().toList(), BodyFuzzTest::check);
    }

    @Test
    void readsNearlyGoodPaths() {
        Fuzzing.mutate(5, 20_000, paths().toList(), bytes -> {
            String path = new String(bytes, StandardCharsets.ISO_8859_1);
            for (String method : List.of("GET", "POST", "PUT")) {
                refusedAtMost(() -> RestCall.parse(method, path));
            }
        });
    }

    /** Depth must cost neither the stack nor more memory than a text of that length may. */
    @Test
    void readsAnyDepth() {
        int depth = 500_000;
        for (String open : List.of("[", "{\"a\":")) {
            String deep = open.repeat(depth);
            check(("{\"ignored\": " + deep).getBytes(StandardCharsets.UTF_8));
            check(("{\"instances\": " + deep).getBytes(StandardCharsets.UTF_8));
            check(("{\"examples\": [{\"x\": " + deep).getBytes(StandardCharsets.UTF_8));
        }
        check(("{\"inputs\": " + "[".repeat(depth) + "1" + "]".repeat(depth) + "}").getBytes(StandardCharsets.UTF_8));
        check(("{\"examples\": [" + "[".repeat(depth) + "]".repeat(depth) + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private static void check(byte[] bytes) {
        for (Function<byte[], InputReader> reader : READERS) {
            for (Signature signature : SIGNATURES) {
                Fuzzing.allocatingAtMost(MEMORY + (long) MEMORY_PER_BYTE * bytes.length,
                        () -> refusedAtMost(() -> reader.apply(bytes).read(signature)));
            }
        }
    }

    private static void refusedAtMost(Runnable reading) {
        try {
            reading.run();
        } catch (StatusException e) {
            if (e.code() != StatusCode.INVALID_ARGUMENT || e.text().isBlank()) {
                throw e;
            }
        }
    }
}
