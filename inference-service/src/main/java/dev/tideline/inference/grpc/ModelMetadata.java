package dev.tideline.inference.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tideline.inference.servable.Lease;
import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.PackedTensors;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.SpecShape;
import dev.tideline.inference.tensor.TensorSpec;
import dev.tideline.serving.protocol.GetModelMetadataRequest;
import dev.tideline.serving.protocol.GetModelMetadataResponse;
import dev.tideline.serving.protocol.PackedTensor;
import dev.tideline.serving.protocol.SignatureDefMap;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** The signatures of a version. */
final class ModelMetadata {

    private static final String SIGNATURES = "signature_def";

    private ModelMetadata() {}

    /** @throws StatusException INVALID_ARGUMENT or NOT_FOUND */
    static GetModelMetadataResponse of(ServableManager servables, GetModelMetadataRequest request) {
        ModelSpecs.check(request.hasModelSpec(), request.getModelSpec());
        if (request.getMetadataFieldCount() == 0) {
            throw StatusException.invalid("GetModelMetadataRequest must specify at least one metadata_field");
        }
        for (String field : request.getMetadataFieldList()) {
            if (!field.equals(SIGNATURES)) {
                throw StatusException.invalid("Metadata field " + field + " is not supported");
            }
        }
        try (Lease lease = servables.acquire(request.getModelSpec().getName(), ModelSpecs.choice(request.getModelSpec()))) {
            Servable servable = lease.servable();
            SignatureDefMap.Builder signatures = SignatureDefMap.newBuilder();
            servable.signatures().forEach((name, signature) -> signatures.putSignatureDef(name, definition(signature)));
            return GetModelMetadataResponse.newBuilder().setModelSpec(ModelSpecs.of(servable.id()))
                    .putMetadata(SIGNATURES, Any.pack(signatures.build())).build();
        }
    }

    private static SignatureDef definition(Signature signature) {
        SignatureDef.Builder definition = SignatureDef.newBuilder().setMethodName(signature.method());
        signature.inputs().forEach((alias, spec) -> definition.putInputs(alias, info(spec)));
        signature.outputs().forEach((alias, spec) -> definition.putOutputs(alias, info(spec)));
        TensorEncoder typed = new TensorEncoder(false);
        signature.defaults().forEach((alias, tensor) -> definition.putDefaults(alias, plain(typed.write(tensor))));
        return definition.build();
    }

    private static TensorProto plain(PackedTensor tensor) {
        try {
            return PackedTensors.plain(tensor);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("tensor: " + e.getMessage() + " (expected: what was just written)", e);
        }
    }

    private static TensorInfo info(TensorSpec spec) {
        return TensorInfo.newBuilder().setName(spec.node()).setDtypeValue(spec.type().number()).setTensorShape(shape(spec.shape())).build();
    }

    private static TensorShapeProto shape(SpecShape shape) {
        TensorShapeProto.Builder proto = TensorShapeProto.newBuilder().setUnknownRank(shape.unknownRank());
        for (SpecShape.Dimension dimension : shape.dimensions()) {
            proto.addDim(TensorShapeProto.Dim.newBuilder().setSize(dimension.size()).setName(dimension.name()));
        }
        return proto.build();
    }
}
