package dev.tideline.inference.observation;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Times calls that are not observed, by the observation's name and tags. Calls of unknown methods are not timed, lest callers invent series. */
final class CallTimes extends ServerStreamTracer.Factory {

    private record Key(String method, Status.Code code) {}

    private static final ServerStreamTracer NONE = new ServerStreamTracer() { };

    private final TraceRule rule;
    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    CallTimes(TraceRule rule, MeterRegistry registry) {
        this.rule = rule;
        this.registry = registry;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return rule.observes(headers) ? NONE : new Stopwatch(System.nanoTime());
    }

    private final class Stopwatch extends ServerStreamTracer {
        private final long start;
        private volatile @Nullable MethodDescriptor<?, ?> method;

        Stopwatch(long start) {
            this.start = start;
        }

        @Override
        public void serverCallStarted(ServerCallInfo<?, ?> call) {
            method = call.getMethodDescriptor();
        }

        @Override
        public void streamClosed(Status status) {
            MethodDescriptor<?, ?> called = method;
            if (called != null) {
                timer(called, status.getCode()).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            }
        }
    }

    private Timer timer(MethodDescriptor<?, ?> method, Status.Code code) {
        Key key = new Key(method.getFullMethodName(), code);
        Timer timer = timers.get(key);
        return timer != null ? timer : timers.computeIfAbsent(key, k -> Timer.builder("grpc.server")
                .tags("error", "none", "grpc.status_code", code.name(), "rpc.method", String.valueOf(method.getBareMethodName()),
                        "rpc.service", String.valueOf(method.getServiceName()), "rpc.type", method.getType().name())
                .register(registry));
    }
}
