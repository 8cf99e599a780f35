package dev.tideline.training.job;

import dev.tideline.contracts.DataWindow;
import dev.tideline.starter.error.TidelineException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Asks for jobs, shows and cancels them. */
@RestController
final class JobController {

    private static final int EXTREME_PRIORITY = 100;

    record Order(@Nullable DataWindow window, @Nullable String reason, @Nullable Integer priority,
            @Nullable Integer workers, @Nullable Boolean elastic) {}

    record Listing(List<Job> jobs) {}

    private final JobDesk desk;

    JobController(JobDesk desk) {
        this.desk = desk;
    }

    @PostMapping("/v1/models/{model}/jobs")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, String> submit(@PathVariable String model, @RequestBody(required = false) @Nullable Order order) {
        var window = order == null || order.window() == null ? new DataWindow.All() : order.window();
        if (window instanceof DataWindow.Since since && since.time() == null) {
            throw new TidelineException(JobError.INVALID_JOB, "window/time: absent (expected: an ISO-8601 time)");
        }
        int priority = order == null || order.priority() == null ? 0 : order.priority();
        if (Math.abs((long) priority) > EXTREME_PRIORITY) {
            throw new TidelineException(JobError.INVALID_JOB, "priority: " + priority + " (expected: -100 to 100)");
        }
        var reason = order == null || order.reason() == null ? "asked for over HTTP" : order.reason();
        return Map.of("job", desk.submit(model, window, reason, priority,
            order == null ? null : order.workers(), order == null ? null : order.elastic()).id());
    }

    @GetMapping("/v1/jobs/{id}")
    Job show(@PathVariable String id) {
        return desk.get(id);
    }

    @GetMapping("/v1/jobs")
    Listing list(@RequestParam(required = false) @Nullable String model) {
        return new Listing(desk.list(model));
    }

    @PostMapping("/v1/jobs/{id}:cancel")
    Job cancel(@PathVariable String id) {
        return desk.cancel(id);
    }
}
