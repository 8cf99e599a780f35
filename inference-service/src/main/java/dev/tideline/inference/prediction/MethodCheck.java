package dev.tideline.inference.prediction;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import java.util.List;
import org.springframework.stereotype.Component;

/** Compares the method that a signature was exported for with the call that wants it; only when asked to, as TensorFlow Serving does. */
@Component
final class MethodCheck {

    private static final String PREDICT = "tensorflow/serving/predict";
    private static final String CLASSIFY = "tensorflow/serving/classify";
    private static final String REGRESS = "tensorflow/serving/regress";

    private final boolean wanted;

    MethodCheck(PredictionProperties properties) {
        this.wanted = properties.checkMethods();
    }

    /** @throws StatusException in TensorFlow Serving's words when the signature is for another call */
    void check(EntryPoint entryPoint, Signature signature) {
        if (!wanted) {
            return;
        }
        switch (entryPoint) {
            case REST_PREDICT, GRPC_PREDICT -> any(signature);
            case REST_CLASSIFY, GRPC_CLASSIFY, GRPC_MULTI_CLASSIFY -> only(CLASSIFY, "classification", signature);
            case REST_REGRESS, GRPC_REGRESS, GRPC_MULTI_REGRESS -> only(REGRESS, "regression", signature);
        }
    }

    private static void any(Signature signature) {
        if (!List.of(PREDICT, CLASSIFY, REGRESS).contains(signature.method())) {
            throw new StatusException(StatusCode.INTERNAL, "Expected prediction signature method_name to be one of {" + PREDICT + ", "
                    + CLASSIFY + ", " + REGRESS + "}. Was: " + signature.method());
        }
    }

    private static void only(String method, String kind, Signature signature) {
        if (!method.equals(signature.method())) {
            throw StatusException.invalid("Expected " + kind + " signature method_name to be " + method + ". Was: " + signature.method());
        }
    }
}
