package dev.tideline.monitoring.window;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class WindowController {

    private final JdbcWindows windows;

    WindowController(JdbcWindows windows) {
        this.windows = windows;
    }

    record Windows(String model, String slice, List<WindowView> windows) {}

    /**
     * Closed windows of all versions, newest first.
     *
     * @param slice {@code feature=value}; without it the windows of all predictions
     */
    @GetMapping("/v1/models/{model}/windows")
    Windows windows(@PathVariable String model, @RequestParam(defaultValue = "") String slice,
            @RequestParam(defaultValue = "20") @Min(1) @Max(1000) int limit) {
        return new Windows(model, slice, windows.newest(model, slice, limit));
    }

    record Slices(String model, List<String> slices) {}

    /** Slices that have had a window. */
    @GetMapping("/v1/models/{model}/slices")
    Slices slices(@PathVariable String model) {
        return new Slices(model, windows.slices(model));
    }
}
