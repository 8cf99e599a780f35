package dev.tideline.benchmarks.inference;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** The rival of a single row over gRPC: takes a message and answers the same bytes always, in a virtual thread per call. Argument: the port. */
final class EmptyCall {

    static final MethodDescriptor<byte[], byte[]> METHOD = GrpcExchange.unary("tideline.Empty", "Call");
    /** As long as the service's answer to one row. */
    private static final int ANSWER = 80;

    private EmptyCall() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        byte[] answer = new byte[ANSWER];
        ServerServiceDefinition service = ServerServiceDefinition.builder("tideline.Empty")
                .addMethod(METHOD, ServerCalls.asyncUnaryCall((message, observer) -> {
                    observer.onNext(answer);
                    observer.onCompleted();
                })).build();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])))
                .executor(Executors.newVirtualThreadPerTaskExecutor()).addService(service).build().start();
        server.awaitTermination();
    }
}
