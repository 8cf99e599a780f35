package dev.tideline.inference.grpc;

import dev.tideline.serving.protocol.PackedPredictRequest;
import dev.tideline.serving.protocol.PackedPredictResponse;
import dev.tideline.serving.protocol.PredictionServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.ServerCalls.UnaryMethod;
import java.util.ArrayList;
import java.util.List;

/** Lets {@code Predict} read and write packed messages: tensors then are copied in bulk, where protobuf's own go number by number. */
final class PackedPredict {

    private static final MethodDescriptor<PackedPredictRequest, PackedPredictResponse> METHOD = PredictionServiceGrpc.getPredictMethod()
            .toBuilder(ProtoUtils.marshaller(PackedPredictRequest.getDefaultInstance()),
                    ProtoUtils.marshaller(PackedPredictResponse.getDefaultInstance()))
            .build();

    private PackedPredict() {}

    /** The same service by name and schema, {@code Predict} answered by {@code work}. */
    static ServerServiceDefinition in(
            ServerServiceDefinition service, UnaryMethod<PackedPredictRequest, PackedPredictResponse> work) {
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>(service.getMethods());
        methods.removeIf(method -> method.getMethodDescriptor().getFullMethodName().equals(METHOD.getFullMethodName()));
        methods.add(ServerMethodDefinition.create(METHOD, ServerCalls.asyncUnaryCall(work)));
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
                .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder changed = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(changed::addMethod);
        return changed.build();
    }
}
