package dev.tideline.monitoring.timeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class TimelineController {

    private final JdbcTimeline timeline;

    TimelineController(JdbcTimeline timeline) {
        this.timeline = timeline;
    }

    record Timeline(String model, List<TimelineEntry> events) {}

    /** What happened to a model, newest first. */
    @GetMapping("/v1/models/{model}/timeline")
    Timeline timeline(@PathVariable String model, @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        return new Timeline(model, timeline.newest(model, limit));
    }
}
