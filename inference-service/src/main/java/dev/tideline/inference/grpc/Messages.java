package dev.tideline.inference.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;

/** Parses requests where a failure can still be answered: gRPC's own place for it knows only UNKNOWN. */
final class Messages {

    private static final MethodDescriptor.Marshaller<InputStream> AS_IT_CAME = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(InputStream value) {
            return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return stream;
        }
    };

    private Messages() {}

    /** The service with INVALID_ARGUMENT for bytes that are no message. */
    static BindableService checked(BindableService service) {
        return () -> checked(service.bindService());
    }

    private static ServerServiceDefinition checked(ServerServiceDefinition service) {
        return ServerInterceptors.intercept(ServerInterceptors.useMarshalledMessages(service, AS_IT_CAME), new Refusal());
    }

    private static final class Refusal implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
                private boolean refused;

                @Override
                public void onMessage(Q message) {
                    try {
                        super.onMessage(message);
                    } catch (StatusRuntimeException e) {
                        if (!(e.getCause() instanceof InvalidProtocolBufferException cause)) {
                            throw e;
                        }
                        refused = true;
                        call.close(Status.INVALID_ARGUMENT.withDescription("request: " + cause.getMessage() + " (expected: a "
                                + call.getMethodDescriptor().getBareMethodName() + " message)"), new Metadata());
                    }
                }

                @Override
                public void onHalfClose() {
                    if (!refused) {
                        super.onHalfClose();
                    }
                }
            };
        }
    }
}
