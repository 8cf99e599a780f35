package dev.tideline.training.job;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Keeps a lease alive while a job runs, and stops the run when it is cancelled, lost or too old. */
final class Heartbeat implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private final JdbcJobs jobs;
    private final String owner;
    private final Job job;
    private final RunControl control;
    private final JobProperties properties;
    private final LongSupplier nanos;
    private final Thread thread;
    private final long begun;
    private long lastBeat;

    Heartbeat(JdbcJobs jobs, String owner, Job job, RunControl control, JobProperties properties, LongSupplier nanos) {
        this.jobs = jobs;
        this.owner = owner;
        this.job = job;
        this.control = control;
        this.properties = properties;
        this.nanos = nanos;
        begun = nanos.getAsLong();
        lastBeat = begun;
        thread = Thread.ofVirtual().name("heartbeat-" + job.id()).start(this::beat);
    }

    private void beat() {
        try {
            while (control.stopped() == null) {
                Thread.sleep(properties.heartbeat());
                once();
            }
        } catch (InterruptedException done) {
            // The run is over.
        }
    }

    private void once() {
        if (elapsed(begun).compareTo(properties.timeout()) > 0) {
            control.stop(Stop.TIMEOUT);
            return;
        }
        try {
            var cancelled = jobs.heartbeat(job.id(), owner, properties.lease());
            lastBeat = nanos.getAsLong();
            if (cancelled.isEmpty()) {
                control.stop(Stop.LEASE_LOST);
            } else if (cancelled.get()) {
                control.stop(Stop.CANCELLED);
            }
        } catch (DataAccessException | TransactionException down) {
            log.warn("Job {}: heartbeat failed: {}", job.id(), down.getMessage());
            if (elapsed(lastBeat).compareTo(properties.outage()) > 0) {
                // Until then the child goes on: whoever owns the row in the end decides whose result counts.
                control.stop(Stop.LEASE_LOST);
            }
        }
    }

    private Duration elapsed(long since) {
        return Duration.ofNanos(nanos.getAsLong() - since);
    }

    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
