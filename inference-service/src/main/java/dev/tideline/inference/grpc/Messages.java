package dev.tideline.inference.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tideline.inference.admission.RequestMemory;
import dev.tideline.inference.status.StatusException;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Detachable;
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
import io.micrometer.context.ContextSnapshotFactory;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parses requests where a failure can still be answered: gRPC's own place for it knows only UNKNOWN. A long message is parsed and checked by a
 * thread of its own, lest other calls of the connection wait for it.
 */
final class Messages {

    private static final Logger log = LoggerFactory.getLogger(Messages.class);
    /** Bytes; what takes less than about a millisecond is not worth a hand-over. */
    private static final int LARGE = 1 << 20;
    /** The trace goes along. */
    private static final ContextSnapshotFactory SNAPSHOTS = ContextSnapshotFactory.builder().build();

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
    static BindableService checked(BindableService service, RequestMemory memory) {
        return () -> checked(service.bindService(), memory);
    }

    private static ServerServiceDefinition checked(ServerServiceDefinition service, RequestMemory memory) {
        return ServerInterceptors.intercept(ServerInterceptors.useMarshalledMessages(service, AS_IT_CAME), new Refusal(memory));
    }

    private record Refusal(RequestMemory memory) implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return new Receiving<>(call, next.startCall(call, headers), memory.hold());
        }
    }

    private static final class Receiving<Q, A> extends SimpleForwardingServerCallListener<Q> {
        private final ServerCall<Q, A> call;
        private @Nullable Q large;
        private final CallMemory memory;
        private boolean refused;

        Receiving(ServerCall<Q, A> call, ServerCall.Listener<Q> delegate, RequestMemory.Hold hold) {
            super(delegate);
            this.call = call;
            this.memory = new CallMemory(hold);
        }

        @Override
        public void onMessage(Q message) {
            if (large != null) {
                refused = true;
                release();
                call.close(Status.INVALID_ARGUMENT.withDescription("request: several messages (expected: one)"), new Metadata());
                return;
            }
            try {
                Q counted = memory.counted(message);
                large = detached(counted);
                if (large == null) {
                    read(counted);
                }
            } catch (StatusException e) {
                refused = true;
                call.close(Status.fromCodeValue(e.code().number()).withDescription(e.text()), Calls.trailers(e));
            }
        }

        private void read(Q message) {
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
            Q message = large;
            large = null;
            if (message != null) {
                memory.begin();
                Thread.ofVirtual().name("grpc-large").start(SNAPSHOTS.captureAll().wrap(Context.current().wrap(() -> readElsewhere(message))));
            } else if (!refused) {
                super.onHalfClose();
            }
        }

        @Override
        public void onCancel() {
            release();
            memory.end();
            super.onCancel();
        }

        @Override
        public void onComplete() {
            memory.end();
            super.onComplete();
        }

        /** The memory of a message that nobody reads. */
        private void release() {
            if (large instanceof InputStream stream) {
                try {
                    stream.close();
                } catch (IOException e) {
                    log.debug("A message's memory was not given back", e);
                }
                large = null;
            }
        }

        private void readElsewhere(Q message) {
            try (InputStream stream = (InputStream) message) {
                read(message);
                if (!refused) {
                    super.onHalfClose();
                }
            } catch (IOException | RuntimeException | Error e) {
                log.error("A call failed", e);
                call.close(Status.INTERNAL.withDescription("The service met a fault; its log has the particulars"), new Metadata());
            } finally {
                memory.end();
            }
        }
    }

    /** The message as its own stream when it is long; null otherwise. */
    @SuppressWarnings("unchecked")
    private static <Q> @Nullable Q detached(Q message) {
        try {
            return message instanceof InputStream stream && stream.available() > LARGE && stream instanceof Detachable detachable
                    ? (Q) detachable.detach() : null;
        } catch (IOException e) {
            return null;
        }
    }
}
