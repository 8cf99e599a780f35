package dev.tideline.inference.tensorflow;

import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queries a model with generated requests: in the child process as a proof, in the serving process as warm-up. */
final class Trial {

    private static final Logger log = LoggerFactory.getLogger(Trial.class);

    /** A model may rightly refuse zeros and empty strings; that says nothing against serving it. */
    private static final Set<StatusCode> REFUSALS = Set.of(
            StatusCode.INVALID_ARGUMENT, StatusCode.OUT_OF_RANGE, StatusCode.FAILED_PRECONDITION, StatusCode.UNIMPLEMENTED);

    private Trial() {}

    /** @throws StatusException when a signature fails otherwise than by refusing the request */
    static void run(Servable servable, List<Integer> rows) {
        servable.signatures().values().forEach(signature -> run(servable, signature, rows));
    }

    static void run(Servable servable, Signature signature, List<Integer> rows) {
        for (int n : signature.batched() ? rows : List.of(1)) {
            if (!answers(servable, signature, n)) {
                return;
            }
        }
    }

    private static boolean answers(Servable servable, Signature signature, int rows) {
        try {
            SampleRequests.of(signature, rows).ifPresent(request -> servable.run(signature, List.of(request)));
            return true;
        } catch (StatusException e) {
            if (!REFUSALS.contains(e.code())) {
                throw new StatusException(e.code(), "signature " + signature.name() + ": " + e.text(), e);
            }
            log.debug("{}, signature {}: refuses generated requests: {}", servable.id(), signature.name(), e.text());
            return false;
        }
    }
}
