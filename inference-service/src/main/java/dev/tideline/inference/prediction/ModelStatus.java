package dev.tideline.inference.prediction;

import dev.tideline.inference.servable.ServableManager;
import dev.tideline.inference.servable.VersionChoice;
import dev.tideline.inference.servable.VersionStatus;
import dev.tideline.inference.status.StatusException;
import java.util.List;

/** What status calls of any door tell. */
public final class ModelStatus {

    private ModelStatus() {}

    /**
     * One version, or all, highest first. A label is ignored, as TensorFlow Serving ignores it.
     *
     * @throws StatusException NOT_FOUND
     */
    public static List<VersionStatus> of(ServableManager servables, String model, VersionChoice choice) {
        List<VersionStatus> all = servables.statuses(model);
        if (all.isEmpty()) {
            throw StatusException.notFound("Could not find any versions of model " + model);
        }
        if (!(choice instanceof VersionChoice.Exact exact)) {
            return all;
        }
        return List.of(all.stream().filter(status -> status.version() == exact.version()).findFirst()
                .orElseThrow(() -> StatusException.notFound("Could not find version " + exact.version() + " of model " + model)));
    }
}
