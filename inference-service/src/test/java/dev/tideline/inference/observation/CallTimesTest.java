package dev.tideline.inference.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls in a trace and others end in the same metric, over a real connection. */
class CallTimesTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ObservationRegistry observations = ObservationRegistry.create();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
        TraceRule rule = new TraceRule(false);
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new HealthStatusManager().getHealthService()).addStreamTracerFactory(new CallTimes(rule, registry))
                .intercept(new CallObservation(rule, observations)).build().start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    private void check(String service, String... headers) {
        Metadata metadata = new Metadata();
        for (int i = 0; i < headers.length; i += 2) {
            metadata.put(Metadata.Key.of(headers[i], Metadata.ASCII_STRING_MARSHALLER), headers[i + 1]);
        }
        HealthGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .check(HealthCheckRequest.newBuilder().setService(service).build());
    }

    private Collection<Timer> timers() {
        return registry.find("grpc.server").timers();
    }

    @Test
    void tagsCallsInATraceAndOthersAlike() {
        check("");
        await().atMost(SOON).until(() -> timers().stream().mapToLong(Timer::count).sum() == 1);
        check("", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        await().atMost(SOON).until(() -> timers().stream().mapToLong(Timer::count).sum() == 2);

        assertThat(timers()).singleElement().satisfies(timer -> assertThat(timer.getId().getTags()).containsExactlyElementsOf(List.of(
                Tag.of("error", "none"), Tag.of("grpc.status_code", "OK"), Tag.of("rpc.method", "Check"),
                Tag.of("rpc.service", "grpc.health.v1.Health"), Tag.of("rpc.type", "UNARY"))));
    }

    @Test
    void timesCallsThatFailUnderTheirCode() {
        catchThrowableOfType(StatusRuntimeException.class, () -> check("nobody"));

        await().atMost(SOON).until(() -> timers().stream().anyMatch(timer -> "NOT_FOUND".equals(timer.getId().getTag("grpc.status_code"))));
    }

    @Test
    void inventedMethodsMakeNoSeries() {
        catchThrowableOfType(StatusRuntimeException.class, () -> io.grpc.stub.ClientCalls.blockingServerStreamingCall(channel,
                ServerReflectionGrpc.getServerReflectionInfoMethod().toBuilder().setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
                        .build(), io.grpc.CallOptions.DEFAULT, io.grpc.reflection.v1.ServerReflectionRequest.getDefaultInstance()).hasNext());
        check("");

        await().atMost(SOON).until(() -> !timers().isEmpty());
        assertThat(timers()).extracting(timer -> timer.getId().getTag("rpc.method")).containsExactly("Check");
    }
}
