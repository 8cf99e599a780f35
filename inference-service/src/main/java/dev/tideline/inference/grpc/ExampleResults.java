package dev.tideline.inference.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.tideline.inference.prediction.Classes;
import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.prediction.Regressions;
import dev.tideline.serving.protocol.ClassificationResult;
import dev.tideline.serving.protocol.Classifications;
import dev.tideline.serving.protocol.Regression;
import dev.tideline.serving.protocol.RegressionResult;

/** Writes what was answered per example. */
final class ExampleResults {

    private ExampleResults() {}

    /** @throws dev.tideline.inference.status.StatusException INVALID_ARGUMENT when the signature gives anything else */
    static ClassificationResult classification(Prediction prediction) {
        Classes classes = Classes.of(prediction);
        ClassificationResult.Builder result = ClassificationResult.newBuilder();
        for (int example = 0; example < classes.examples(); example++) {
            Classifications.Builder one = result.addClassificationsBuilder();
            for (int i = 0; i < classes.width(); i++) {
                one.addClassesBuilder()
                        .setLabelBytes(UnsafeByteOperations.unsafeWrap(classes.label(example, i)))
                        .setScore(classes.score(example, i));
            }
        }
        return result.build();
    }

    /** @throws dev.tideline.inference.status.StatusException INVALID_ARGUMENT when the signature gives anything else */
    static RegressionResult regression(Prediction prediction) {
        Regressions regressions = Regressions.of(prediction);
        RegressionResult.Builder result = RegressionResult.newBuilder();
        for (int example = 0; example < regressions.examples(); example++) {
            result.addRegressions(Regression.newBuilder().setValue(regressions.value(example)));
        }
        return result.build();
    }
}
