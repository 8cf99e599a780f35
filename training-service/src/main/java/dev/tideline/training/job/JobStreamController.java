package dev.tideline.training.job;

import dev.tideline.starter.error.TidelineException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A job as it happens: its events, and what its processes wrote. */
@RestController
final class JobStreamController {

    private static final int MOST_LOG = 1 << 20;

    private final JobDesk desk;
    private final JobFollowers followers;
    private final JobRun run;

    JobStreamController(JobDesk desk, JobFollowers followers, JobRun run) {
        this.desk = desk;
        this.followers = followers;
        this.run = run;
    }

    /** 204 tells an EventSource not to come back: the job is over and everything was sent. */
    @GetMapping(path = "/v1/jobs/{id}/events", produces = {MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    ResponseEntity<SseEmitter> events(
            @PathVariable String id, @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
        var emitter = followers.follow(desk.get(id), number(last));
        return emitter == null ? ResponseEntity.noContent().build()
            : ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(emitter);
    }

    @GetMapping(path = "/v1/jobs/{id}/log", produces = {"text/plain;charset=UTF-8", MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    String log(@PathVariable String id, @RequestParam(defaultValue = "65536") int bytes) throws IOException {
        if (bytes < 1 || bytes > MOST_LOG) {
            throw new TidelineException(JobError.INVALID_JOB, "bytes: " + bytes + " (expected: 1 to " + MOST_LOG + ")");
        }
        return new ChildLog(run.folder(desk.get(id))).tail(bytes);
    }

    private static long number(@Nullable String last) {
        if (last == null || last.isBlank()) {
            return 0;
        }
        try {
            return Long.parseLong(last.strip());
        } catch (NumberFormatException notOurs) {
            throw new TidelineException(JobError.INVALID_JOB, "Last-Event-ID: " + last + " (expected: the id of an event of this stream)");
        }
    }
}
