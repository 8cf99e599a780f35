package dev.tideline.inference.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Gives every call its {@link CallTerms}; answers those compressed who wrote compressed. */
final class CallInterceptor implements ServerInterceptor {

    private static final Metadata.Key<String> ENCODING = Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);
    private static final String GZIP = "gzip";

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        CallTerms terms = new CallTerms(headers);
        if (GZIP.equals(headers.get(ENCODING))) {
            call.setCompression(GZIP);
        }
        return Contexts.interceptCall(terms.in(Context.current()), new Answering<>(call, terms), headers, next);
    }

    private static final class Answering<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final CallTerms terms;
        private boolean told;

        Answering(ServerCall<Q, A> call, CallTerms terms) {
            super(call);
            this.terms = terms;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            terms.addTo(headers);
            told = true;
            super.sendHeaders(headers);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (!told) {
                terms.addTo(trailers);
            }
            super.close(status, trailers);
        }
    }
}
