package dev.tideline.training.job;

import dev.tideline.contracts.TrainingProgress.State;
import dev.tideline.starter.error.TidelineException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams the events of a job to whoever follows it, from the table that all instances write. Without followers nothing is done: each
 * has a virtual thread that asks for what is new.
 */
@Component
final class JobFollowers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobFollowers.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    private static final int AT_ONCE = 100;

    private final JdbcJobFeed feed;
    private final Semaphore places;
    private final int most;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    JobFollowers(JdbcJobFeed feed, JobProperties properties) {
        this.feed = feed;
        this.most = properties.followers();
        this.places = new Semaphore(most);
    }

    /**
     * @param after id of the last event that the follower has seen; 0 for all
     * @return null when there is nothing to follow any more
     */
    @Nullable SseEmitter follow(Job job, long after) {
        if (!job.active() && feed.after(job.id(), after, 1).isEmpty()) {
            return null;
        }
        if (!places.tryAcquire()) {
            throw new TidelineException(JobError.TOO_MANY_FOLLOWERS,
                "followers of jobs: " + most + " (expected: fewer than " + most + "; ask GET /v1/jobs/" + job.id() + " now and then)");
        }
        // The stream ends with the job, which has a timeout of its own.
        var emitter = new SseEmitter(0L);
        var thread = Thread.ofVirtual().name("follow-" + job.id()).unstarted(() -> run(emitter, job.id(), after));
        threads.add(thread);
        thread.start();
        return emitter;
    }

    private void run(SseEmitter emitter, String job, long after) {
        try {
            stream(emitter, job, after);
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            log.debug("Follower of job {} has gone: {}", job, gone.getMessage());
        } catch (InterruptedException stopped) {
            emitter.complete();
        } finally {
            threads.remove(Thread.currentThread());
            places.release();
        }
    }

    private void stream(SseEmitter emitter, String job, long after) throws IOException, InterruptedException {
        long last = after;
        var quiet = Duration.ZERO;
        while (true) {
            boolean any = false;
            try {
                for (var entry : feed.after(job, last, AT_ONCE)) {
                    emitter.send(SseEmitter.event().id(Long.toString(entry.id())).name(entry.kind()).data(entry.data()));
                    last = entry.id();
                    any = true;
                    if (ends(entry)) {
                        return;
                    }
                }
            } catch (DataAccessException away) {
                log.debug("Followers of job {} wait for the database: {}", job, away.getMessage());
            }
            quiet = any ? Duration.ZERO : quiet.plus(POLL);
            if (quiet.compareTo(KEEP_ALIVE) >= 0) {
                // Also finds out that nobody listens any more.
                emitter.send(SseEmitter.event().comment("still there"));
                quiet = Duration.ZERO;
            }
            if (!any) {
                Thread.sleep(POLL);
            }
        }
    }

    private static boolean ends(JdbcJobFeed.Entry entry) {
        if (!entry.kind().equals(JdbcJobFeed.STATE)) {
            return false;
        }
        for (var state : State.values()) {
            if (!Job.ACTIVE.contains(state) && entry.data().contains("\"state\":\"" + state + "\"")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server, which would wait for open streams. */
    @Override
    public void stop() {
        running = false;
        threads.forEach(Thread::interrupt);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
