package dev.tideline.inference.observation;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcServerInterceptor;
import io.micrometer.observation.ObservationRegistry;

/** Micrometer's interceptor for what is observed; {@link CallTimes} times all else. */
final class CallObservation extends ObservationGrpcServerInterceptor {

    private final TraceRule rule;

    CallObservation(TraceRule rule, ObservationRegistry observations) {
        super(observations);
        this.rule = rule;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return rule.observes(headers) ? super.interceptCall(call, headers, next) : next.startCall(call, headers);
    }
}
