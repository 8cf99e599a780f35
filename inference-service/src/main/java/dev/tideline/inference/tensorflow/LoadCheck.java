package dev.tideline.inference.tensorflow;

import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.status.StatusException;
import java.util.List;

/**
 * Main class of the child process that proves a version: reads its graph, loads it and queries every signature. Ends with 0, or prints the
 * code and the reason in one line and ends with 1. Whatever else happens to it happens to nobody else.
 */
final class LoadCheck {

    /** Marks the line for the parent; native code writes to the same stream. */
    static final String REFUSED = "tideline-refused ";

    private LoadCheck() {}

    public static void main(String[] arguments) {
        CheckRequest request = CheckRequest.of(arguments);
        try {
            request.inspect();
            prove(request);
        } catch (StatusException e) {
            System.out.println(REFUSED + e.code() + " " + e.text().replace('\n', ' '));
            System.exit(1);
        }
        System.exit(0);
    }

    private static void prove(CheckRequest request) {
        SavedModelOpener opener = new SavedModelOpener(new SavedModelOpener.Threads(1, 0, true), request.tags());
        try (TensorFlowServable servable = opener.open(new ServableId("check", 0), request.folder(), null)) {
            Trial.run(servable, List.of(1));
        }
    }
}
