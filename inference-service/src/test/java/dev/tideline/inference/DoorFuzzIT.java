package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.inference.admission.RequestMemory;
import dev.tideline.serving.protocol.GetModelStatusRequest;
import dev.tideline.serving.protocol.ModelServiceGrpc;
import dev.tideline.serving.protocol.PredictionServiceGrpc;
import dev.tideline.testing.Fuzzing;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** Nearly good requests at both doors of the running service: the caller is told, and the next request is answered. */
@ServiceTest
class DoorFuzzIT extends GrpcPlatform {

    private static final Set<Code> CALLERS_FAULT =
            EnumSet.of(Code.INVALID_ARGUMENT, Code.NOT_FOUND, Code.FAILED_PRECONDITION, Code.UNIMPLEMENTED);
    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    DoorFuzzIT(@Value("${local.server.port}") int port, @Autowired GrpcServerLifecycle server) {
        super(port, server.getPort());
    }

    @BeforeEach
    void serve() {
        serveClassic();
    }

    @AfterEach
    void answersStill() {
        assertThat(post("/v1/models/wired:predict", "{\"instances\": [2]}", Map.of()).body()).contains("3.0");
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsHttpCallersWhatIsWrongWithTheirBody() {
        List<byte[]> good = Stream.of("{\"instances\": [2, 3.5]}", "{\"inputs\": {\"x\": [2]}, \"signature_name\": \"serving_default\"}",
                "{\"signature_name\": \"regress_x_to_y\", \"examples\": [{\"x\": 2.0}]}").map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();

        Fuzzing.mutate(6, 300, good, body -> {
            for (String action : List.of(":predict", ":regress")) {
                assertThat(post("/v1/models/wired" + action, body, Map.of()).statusCode()).isIn(200, 400);
            }
        });
    }

    @Test
    void refusesBombs() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] spaces = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                gzip.write(spaces);
            }
        }

        assertThat(post("/v1/models/wired:predict", bomb.toByteArray(), Map.of("Content-Encoding", "gzip"))).satisfies(r -> {
            assertThat(r.statusCode()).isEqualTo(400);
            assertThat(r.body()).contains("expected: at most " + Math.min(100 << 20, RequestMemory.share()));
        });
    }

    @Test
    void tellsGrpcCallersWhatIsWrongWithTheirMessage() {
        List<byte[]> good = List.of(predict(2, 3).build().toByteArray(), predict(1).addOutputFilter("y").build().toByteArray(),
                GetModelStatusRequest.newBuilder().setModelSpec(spec("")).build().toByteArray());
        List<MethodDescriptor<byte[], byte[]>> methods = Stream.concat(
                PredictionServiceGrpc.getServiceDescriptor().getMethods().stream(),
                ModelServiceGrpc.getServiceDescriptor().getMethods().stream())
                .map(method -> MethodDescriptor.newBuilder(BYTES, BYTES).setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(method.getFullMethodName()).build()).toList();

        Fuzzing.mutate(7, 300, good, message -> methods.forEach(method -> {
            try {
                ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), message);
            } catch (StatusRuntimeException e) {
                assertThat(e.getStatus().getCode()).as("%s: %s", method.getBareMethodName(), e.getStatus()).isIn(CALLERS_FAULT);
                assertThat(e.getStatus().getDescription()).isNotBlank();
            }
        }));
    }
}
