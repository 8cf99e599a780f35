package dev.tideline.inference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tideline.inference.prediction.RequestTerms;
import dev.tideline.inference.status.StatusException;
import dev.tideline.serving.protocol.PredictRequest;
import dev.tideline.serving.protocol.PredictResponse;
import dev.tideline.serving.protocol.PredictionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls carry beside their message, over a real connection to a service that answers with what it understood. */
class InterceptorsTest {

    private static final Duration MOST = Duration.ofSeconds(30);
    private static Server server;
    private static ManagedChannel channel;

    /** Fails on purpose: a status has a text. */
    private static final class Telling extends PredictionServiceGrpc.PredictionServiceImplBase {
        @Override
        public void predict(PredictRequest request, StreamObserver<PredictResponse> observer) {
            Status status;
            try {
                RequestTerms terms = CallTerms.current().request(MOST);
                status = Status.ABORTED.withDescription(terms.priority().name().toLowerCase(Locale.ROOT) + " " + terms.timeout().toMillis());
            } catch (StatusException e) {
                status = Status.fromCodeValue(e.code().number()).withDescription(e.text());
            }
            observer.onError(status.asRuntimeException());
        }
    }

    @BeforeAll
    static void start() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Telling()).addService(new HealthStatusManager().getHealthService())
                .intercept(new CallInterceptor()).intercept(new ApiKeyInterceptor("secret")).build().start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    private static Status predict(Duration deadline, String... headers) {
        Metadata metadata = new Metadata();
        for (int i = 0; i < headers.length; i += 2) {
            metadata.put(Metadata.Key.of(headers[i], Metadata.ASCII_STRING_MARSHALLER), headers[i + 1]);
        }
        return catchThrowableOfType(StatusRuntimeException.class, () -> PredictionServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .predict(PredictRequest.getDefaultInstance())).getStatus();
    }

    private static String understood(Duration deadline, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "authorization";
        all[headers.length + 1] = "Bearer secret";
        return predict(deadline, all).getDescription();
    }

    private static long millis(String understood) {
        return Long.parseLong(understood.substring(understood.indexOf(' ') + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer secret", "bearer secret"})
    void letsCallsWithTheKeyThrough(String authorization) {
        assertThat(predict(MOST, "authorization", authorization).getCode()).isEqualTo(Code.ABORTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer secret2", "secret", "Basic secret", "Bearer "})
    void refusesCallsWithAnotherKey(String authorization) {
        assertThat(predict(MOST, "authorization", authorization).getCode()).isEqualTo(Code.UNAUTHENTICATED);
    }

    @Test
    void refusesCallsWithoutAKeyButAnswersHealth() {
        assertThat(predict(MOST).getDescription()).isEqualTo("authorization: absent or wrong (expected: Bearer and the API key)");
        assertThat(HealthGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance()).getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"critical", "default", "sheddable"})
    void readsThePriority(String priority) {
        assertThat(understood(MOST, "tideline-priority", priority)).startsWith(priority + " ");
    }

    @Test
    void saysWhichPrioritiesThereAre() {
        assertThat(understood(MOST, "tideline-priority", "urgent")).contains("urgent (expected: critical, default or sheddable)");
    }

    @Test
    void shortestOfDeadlineHeaderAndLimitHolds() {
        assertThat(millis(understood(Duration.ofSeconds(20)))).isBetween(1L, 20_000L);
        assertThat(millis(understood(Duration.ofHours(1)))).isEqualTo(MOST.toMillis());
        assertThat(millis(understood(Duration.ofSeconds(25), "tideline-timeout-ms", "15000"))).isEqualTo(15_000);
        assertThat(millis(understood(Duration.ofSeconds(10), "tideline-timeout-ms", "25000"))).isBetween(1L, 10_000L);
    }

    @Test
    void termsAreThereOnlyInCalls() {
        assertThatThrownBy(CallTerms::current).isInstanceOf(IllegalStateException.class).hasMessageContaining("without terms");
    }
}
