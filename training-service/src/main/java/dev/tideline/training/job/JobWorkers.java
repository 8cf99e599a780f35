package dev.tideline.training.job;

import dev.tideline.contracts.TrainingProgress.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Threads that lease jobs and see them through. Stopping gives running jobs back to the queue. */
@Component
final class JobWorkers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobWorkers.class);
    private static final Duration JOIN = Duration.ofSeconds(10);

    private final JobProperties properties;
    private final JdbcJobs jobs;
    private final JobRecords records;
    private final JobRun run;
    private final GangMembers members;
    private final Bell bell;
    private final MeterRegistry meters;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<RunControl> running = ConcurrentHashMap.newKeySet();
    private final Outage outage;
    private volatile boolean active;

    JobWorkers(JobProperties properties, JdbcJobs jobs, JobRecords records, JobRun run, GangMembers members, Bell bell, MeterRegistry meters) {
        this.properties = properties;
        this.jobs = jobs;
        this.records = records;
        this.run = run;
        this.members = members;
        this.bell = bell;
        this.meters = meters;
        this.outage = new Outage(properties.poll(), properties.outage(), System::nanoTime);
        meters.gaugeCollectionSize("tideline.training.jobs.running", List.of(), running);
    }

    @Override
    public void start() {
        active = true;
        for (int i = 0; i < properties.workers(); i++) {
            threads.add(Thread.ofPlatform().name("job-worker-" + i).start(this::work));
        }
    }

    @Override
    public void stop() {
        active = false;
        running.forEach(control -> control.stop(Stop.SHUTDOWN));
        bell.ring();
        for (var thread : threads) {
            try {
                thread.join(JOIN);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return active;
    }

    private void work() {
        while (active) {
            try {
                // Seats first: a gang that waits for one worker more holds all the others.
                var seat = members.take().orElse(null);
                if (seat != null) {
                    serve(seat);
                    continue;
                }
                var job = records.lease(properties);
                if (job == null) {
                    bell.await(properties.poll());
                } else {
                    attempt(job);
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                log.warn("Job worker: {}", failure.toString());
                pause();
            }
        }
    }

    private void serve(JdbcGangs.Seat seat) {
        var control = new RunControl();
        running.add(control);
        try {
            if (!active) {
                control.stop(Stop.SHUTDOWN);
            }
            members.serve(seat, control);
        } finally {
            running.remove(control);
        }
    }

    private void attempt(Job job) {
        var control = new RunControl();
        running.add(control);
        var sample = Timer.start(meters);
        try {
            if (!active) {
                control.stop(Stop.SHUTDOWN);
            }
            Ending ending;
            try (var heartbeat = new Heartbeat(jobs, records.owner(), job, control, properties, System::nanoTime)) {
                ending = run.run(job, control);
            } catch (RuntimeException failure) {
                log.error("Job {}: attempt failed", job.id(), failure);
                ending = new Ending.Interrupted(failure.toString());
            }
            end(job, ending);
            sample.stop(meters.timer("tideline.training.job", "model", job.model(), "ending", ending.getClass().getSimpleName()));
            cleanUp(job);
        } catch (LeaseLostException lost) {
            log.warn(lost.getMessage());
        } finally {
            running.remove(control);
        }
    }

    /** A trained model is worth the wait for a database that comes back. */
    private void end(Job job, Ending ending) {
        long step = run.reached(job);
        outage.outlast("Job " + job.id() + ": its end", () -> !active, () -> {
            records.end(job, ending, properties.attempts(), step);
            return ending;
        });
    }

    /** Nobody goes on from what a finished job has left; a failed one keeps its last good checkpoint for whoever looks into it. */
    private void cleanUp(Job job) {
        var state = jobs.find(job.id()).orElse(job).state();
        if (Job.ACTIVE.contains(state)) {
            return;
        }
        // A process removes its cached records itself, unless it was killed.
        JobFolder.remove(run.folder(job).resolve("cache"));
        if (state != State.FAILED) {
            JobFolder.remove(run.folder(job).resolve("checkpoints"));
        }
    }

    private void pause() {
        try {
            Thread.sleep(properties.poll());
        } catch (InterruptedException stopped) {
            active = false;
        }
    }
}
