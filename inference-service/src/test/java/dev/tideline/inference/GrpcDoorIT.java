package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.serving.protocol.PredictionServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** What the gRPC door has beside TensorFlow Serving's: names, deadlines, compression, health, reflection. */
@ServiceTest
class GrpcDoorIT extends GrpcPlatform {

    GrpcDoorIT(@Value("${local.server.port}") int port, @Autowired GrpcServerLifecycle server) {
        super(port, server.getPort());
    }

    @BeforeEach
    void serve() {
        serveClassic();
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private PredictionServiceGrpc.PredictionServiceBlockingStub sending(String name, String value, AtomicReference<Metadata> answer) {
        Metadata headers = new Metadata();
        headers.put(key(name), value);
        return predictions.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers),
                MetadataUtils.newCaptureMetadataInterceptor(answer, new AtomicReference<>()));
    }

    @Test
    void namesRequestAndVersionInTheAnswersHeaders() {
        AtomicReference<Metadata> answer = new AtomicReference<>();

        sending("tideline-request-id", "grpc-1", answer).predict(predict(2).build());

        assertThat(answer.get().get(key("tideline-model-version"))).isEqualTo("123");
        assertThat(answer.get().get(key("tideline-request-id"))).isEqualTo("grpc-1");
    }

    @Test
    void answersCompressedWhoWroteCompressed() {
        AtomicReference<Metadata> answer = new AtomicReference<>();

        float y = sending("x", "y", answer).withCompression("gzip").predict(predict(2).build()).getOutputsOrThrow("y").getFloatVal(0);

        assertThat(y).isEqualTo(3);
        assertThat(answer.get().get(key("grpc-encoding"))).isEqualTo("gzip");
        sending("x", "y", answer).predict(predict(2).build());
        assertThat(answer.get().get(key("grpc-encoding"))).isNotEqualTo("gzip");
    }

    @Test
    void loggedPredictionsBelongToTheCallersTrace() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Metadata more = new Metadata();
        more.put(key("tideline-request-id"), "grpc-traced");

        sending("traceparent", "00-" + trace + "-b7ad6b7169203331-01", new AtomicReference<>())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(more)).predict(predict(2).build());

        assertThat(awaitRecords(Topics.PREDICTIONS, record -> record.key().equals("grpc-traced-0"), 1)).first()
                .satisfies(record -> assertThat(header(record, "traceparent")).startsWith("00-" + trace + "-").endsWith("-01"));
    }

    @Test
    void refusesTermsThatMakeNoSense() {
        refused(() -> sending("tideline-priority", "urgent", new AtomicReference<>()).predict(predict(2).build()),
                Code.INVALID_ARGUMENT, "Tideline-Priority: urgent");
    }

    @Test
    void refusesMessagesOverTheLimitAndLivesOn() {
        refused(() -> predictions.predict(predict(new float[27_000_000]).build()), Code.RESOURCE_EXHAUSTED, "exceeds maximum");
        assertThat(predictions.predict(predict(2).build()).getOutputsOrThrow("y").getFloatVal(0)).isEqualTo(3);
    }

    /** Refused, since each of its rows would be a record of the prediction log. */
    @Test
    void readsLongMessagesElsewhereWithTheirTerms() {
        refused(() -> sending("tideline-priority", "urgent", new AtomicReference<>()).predict(predict(new float[300_000]).build()),
                Code.INVALID_ARGUMENT, "Tideline-Priority: urgent");
        assertThat(predictions.predict(predict(2).build()).getOutputsOrThrow("y").getFloatVal(0)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PredictionService", "tensorflow.serving.ModelService"})
    void answersHealthChecks(String service) {
        HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() ->
                health.check(HealthCheckRequest.newBuilder().setService(service).build()).getStatus() == ServingStatus.SERVING);
    }

    @Test
    void tellsItsServicesByReflection() throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> question = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new StreamObserver<>() {
            @Override
            public void onNext(ServerReflectionResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {}
        });
        question.onNext(ServerReflectionRequest.newBuilder().setFileContainingSymbol("tensorflow.serving.PredictionService").build());

        assertThat(answer.get(20, TimeUnit.SECONDS).getFileDescriptorResponse().getFileDescriptorProtoCount()).isPositive();
        question.onCompleted();
    }
}
