package dev.tideline.training.job;

import dev.tideline.training.job.JdbcGangs.Gang;
import dev.tideline.training.job.JdbcGangs.Seat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The leader's side of a gang: finds its workers, all or none, and ends the attempt when one of them is lost. */
final class GangLead implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GangLead.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final JdbcGangs gangs;
    private final Job job;
    private final JobProperties properties;
    private final LongSupplier nanos;
    private final List<String> addresses = new ArrayList<>();
    private @Nullable Thread watch;

    GangLead(JdbcGangs gangs, Job job, JobProperties properties, LongSupplier nanos) {
        this.gangs = gangs;
        this.job = job;
        this.properties = properties;
        this.nanos = nanos;
    }

    /**
     * Waits for workers.
     *
     * @return null when the gang is complete, or as complete as it has to be; else why it is not
     */
    @Nullable String form(String address, String manifest, Duration patience) throws InterruptedException {
        int wanted = job.workers() - 1;
        if (!gangs.open(new Gang(job.id(), job.attempt(), JdbcGangs.FORMING, address, manifest), wanted, properties.lease())) {
            return "workers: another job gathers its own (expected: one at a time; this one waits in the queue)";
        }
        long begun = nanos.getAsLong();
        while (true) {
            var there = there();
            boolean late = nanos.getAsLong() - begun > patience.toNanos();
            if (there.size() == wanted || late && job.elastic()) {
                gangs.run(job.id(), job.attempt());
                addresses.add(address);
                there().forEach(seat -> addresses.add(seat.address()));
                log.info("Job {}: attempt {} begins with {} of {} workers", job.id(), job.attempt(), addresses.size(), job.workers());
                return null;
            }
            if (late) {
                return "workers: " + (there.size() + 1) + " within " + patience.toSeconds() + " s (expected: " + job.workers()
                    + " instances with a free place; the job waits in the queue)";
            }
            gangs.lead(job.id(), job.attempt(), properties.lease());
            Thread.sleep(LOOK);
        }
    }

    private List<Seat> there() {
        return gangs.seats(job.id(), job.attempt()).stream()
            .filter(seat -> seat.state().equals(JdbcGangs.TAKEN) && !seat.silent()).toList();
    }

    /** By rank, the leader's first; only one when nobody else came. */
    List<String> addresses() {
        return addresses;
    }

    /** From now on the loss of a worker ends this one's child. */
    void watch(RunControl control) {
        watch = Thread.ofVirtual().name("gang-" + job.id()).start(() -> {
            try {
                while (control.broken() == null) {
                    Thread.sleep(properties.heartbeat());
                    look(control);
                }
            } catch (InterruptedException done) {
                // The attempt is over.
            }
        });
    }

    private void look(RunControl control) {
        try {
            gangs.lead(job.id(), job.attempt(), properties.lease());
            var loss = loss();
            if (loss != null) {
                control.breakOff(loss);
            }
        } catch (DataAccessException | TransactionException away) {
            log.warn("Job {}: its workers are not watched: {}", job.id(), away.getMessage());
        }
    }

    private @Nullable String loss() {
        var seats = gangs.seats(job.id(), job.attempt());
        for (var seat : seats) {
            if (seat.state().equals(JdbcGangs.FAILED)) {
                return "worker " + seat.rank() + ": " + seat.message();
            }
            if (seat.silent()) {
                return "worker " + seat.rank() + ": no sign of life from its instance for " + properties.lease().toMillis()
                    + " ms (expected: one every " + properties.heartbeat().toMillis() + " ms)";
            }
        }
        return null;
    }

    /** The last sum is done: workers beside this one are not needed any more, and their end is no loss. */
    void trained() {
        stopWatching();
        gangs.state(job.id(), job.attempt(), JdbcGangs.TRAINED);
    }

    /** When the own child failed, the reason may be another worker, which takes a moment to say so. */
    @Nullable String lastWords() throws InterruptedException {
        long deadline = nanos.getAsLong() + LAST_WORDS.toNanos();
        while (addresses.size() > 1 && nanos.getAsLong() < deadline) {
            var loss = loss();
            if (loss != null) {
                return loss;
            }
            Thread.sleep(LOOK);
        }
        return null;
    }

    private void stopWatching() {
        var thread = watch;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void close() {
        stopWatching();
        try {
            gangs.state(job.id(), job.attempt(), JdbcGangs.OVER);
        } catch (DataAccessException | TransactionException away) {
            log.warn("Job {}: its gang ends by silence: {}", job.id(), away.getMessage());
        }
    }
}
