package dev.tideline.inference.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.inference.servable.VersionState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists models. Outside of {@code /v1}, where TensorFlow Serving answers the same path with an error. */
@RestController
class ModelsController {

    private final ServableManager servables;

    ModelsController(ServableManager servables) {
        this.servables = servables;
    }

    /**
     * @param error why it is not served; absent unless it failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Version(long version, String state, @Nullable String error) {}

    /** @param labels those whose version is available */
    record Model(String name, boolean available, List<Version> versions, Map<String, Long> labels) {}

    record Models(List<Model> models) {}

    @GetMapping("/models")
    Models list() {
        return new Models(servables.models().stream().map(this::model).toList());
    }

    private Model model(String name) {
        List<Version> versions = servables.statuses(name).stream().map(status -> new Version(status.version(), status.state().label(),
                status.state() instanceof VersionState.End end && end.failed() ? end.code() + ": " + end.message() : null)).toList();
        boolean available = servables.statuses(name).stream().anyMatch(status -> status.state() instanceof VersionState.Available);
        return new Model(name, available, versions, new TreeMap<>(servables.labels(name)));
    }
}
