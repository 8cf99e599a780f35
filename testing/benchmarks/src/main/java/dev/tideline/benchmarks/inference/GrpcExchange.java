package dev.tideline.benchmarks.inference;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A stream of a shared HTTP/2 connection, for a message that was written once. The answer's bytes are read and not parsed. */
final class GrpcExchange implements Exchange {

    private static final long PATIENCE_SECONDS = 30;

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

    private final ManagedChannel channel;
    private final MethodDescriptor<byte[], byte[]> method;
    private final byte[] message;

    private GrpcExchange(ManagedChannel channel, MethodDescriptor<byte[], byte[]> method, byte[] message) {
        this.channel = channel;
        this.method = method;
        this.message = message;
    }

    static MethodDescriptor<byte[], byte[]> unary(String service, String method) {
        return MethodDescriptor.newBuilder(BYTES, BYTES).setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method)).build();
    }

    @Override
    public boolean exchange() {
        try {
            return ClientCalls.blockingUnaryCall(
                    channel, method, CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS), message).length > 0;
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    /** The connection belongs to all its streams. */
    @Override
    public void close() {}

    /** Connections that streams are spread over. */
    static final class Connections implements AutoCloseable {

        private final List<ManagedChannel> channels = new ArrayList<>();
        private final AtomicInteger next = new AtomicInteger();

        Connections(int port, int count) {
            for (int i = 0; i < count; i++) {
                channels.add(NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().maxInboundMessageSize(1 << 26).build());
            }
        }

        Exchange.Opener streams(MethodDescriptor<byte[], byte[]> method, byte[] message) {
            return () -> new GrpcExchange(channels.get(Math.floorMod(next.getAndIncrement(), channels.size())), method, message);
        }

        @Override
        public void close() {
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }
}
