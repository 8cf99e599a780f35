package dev.tideline.monitoring.overview;

import dev.tideline.monitoring.outcome.Labels;
import dev.tideline.monitoring.retraining.LoopState;
import dev.tideline.monitoring.retraining.Loops;
import dev.tideline.monitoring.retraining.PendingRequest;
import dev.tideline.monitoring.window.ClosedWindows;
import dev.tideline.starter.error.TidelineException;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class OverviewController {

    private final Loops loops;
    private final ClosedWindows windows;
    private final Labels labels;

    OverviewController(Loops loops, ClosedWindows windows, Labels labels) {
        this.loops = loops;
        this.windows = windows;
        this.labels = labels;
    }

    record Models(List<String> models) {}

    @GetMapping("/v1/models")
    Models models() {
        return new Models(loops.models());
    }

    @GetMapping("/v1/models/{model}")
    ModelView model(@PathVariable String model) {
        Loops.View view = loops.view(model).orElseThrow(() -> new TidelineException(OverviewError.UNKNOWN_MODEL,
                "model: " + model + " (expected: a model that was deployed or has a policy)"));
        LoopState state = view.state();
        Optional<Long> live = Optional.ofNullable(state.live());
        PendingRequest request = state.request();
        return new ModelView(model, state.phase(), state.since(), state.reason(), state.live(),
                live.flatMap(version -> windows.newestOf(model, version)).orElse(null),
                live.flatMap(version -> labels.newestAccuracy(model, version)).orElse(null),
                live.flatMap(version -> labels.totals(model, version)).orElse(null),
                labels.archived(model), request == null ? null : request.id(), view.nextStep());
    }
}
