package dev.tideline.inference.grpc;

import com.google.protobuf.Int64Value;
import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.VersionChoice;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.serving.protocol.ModelSpec;

/** What a call's {@code model_spec} asks for, and what the answer's tells. */
final class ModelSpecs {

    private ModelSpecs() {}

    /** @throws StatusException INVALID_ARGUMENT */
    static void check(boolean present, ModelSpec spec) {
        if (!present) {
            throw StatusException.invalid("Missing ModelSpec");
        }
        if (spec.getName().isEmpty()) {
            throw StatusException.invalid("ModelSpec has no name specified.");
        }
    }

    static VersionChoice choice(ModelSpec spec) {
        return switch (spec.getVersionChoiceCase()) {
            case VERSION -> new VersionChoice.Exact(spec.getVersion().getValue());
            case VERSION_LABEL -> new VersionChoice.Labelled(spec.getVersionLabel());
            case VERSIONCHOICE_NOT_SET -> new VersionChoice.Default();
        };
    }

    static String signature(ModelSpec spec) {
        return spec.getSignatureName().isEmpty() ? Signature.DEFAULT : spec.getSignatureName();
    }

    static ModelSpec used(Prediction prediction) {
        return of(prediction.servable()).setSignatureName(prediction.signature().name()).build();
    }

    static ModelSpec.Builder of(ServableId id) {
        return ModelSpec.newBuilder().setName(id.model()).setVersion(Int64Value.of(id.version()));
    }
}
