package dev.tideline.monitoring.timeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /** @param next for the parameter {@code after} of the next page; null on the last one */
    record Timeline(String model, List<TimelineEntry> events, @Nullable String next) {}

    /** What happened to a model, newest first. */
    @GetMapping("/v1/models/{model}/timeline")
    Timeline timeline(@PathVariable String model, @RequestParam(defaultValue = "") List<String> kind,
            @RequestParam(required = false) @Nullable Long version, @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to, @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        StoryFilter filter = new StoryFilter(kind, version, from, to, after == null ? null : StoryFilter.Cursor.read(after));
        List<TimelineEntry> found = timeline.page(model, filter, limit + 1);
        boolean more = found.size() > limit;
        List<TimelineEntry> page = more ? found.subList(0, limit) : found;
        return new Timeline(model, page, more ? StoryFilter.Cursor.of(page.getLast()).text() : null);
    }
}
