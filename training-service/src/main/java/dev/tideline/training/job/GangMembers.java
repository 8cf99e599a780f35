package dev.tideline.training.job;

import dev.tideline.storage.LocalFiles;
import dev.tideline.training.child.ChildMessage;
import dev.tideline.training.child.ChildOrder;
import dev.tideline.training.dataset.DatasetFiles;
import dev.tideline.training.job.JdbcGangs.Gang;
import dev.tideline.training.job.JdbcGangs.Seat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** The side of a gang that follows: takes a seat, runs a worker process in it, and leaves when the gang is over. */
@Component
final class GangMembers {

    private static final Logger log = LoggerFactory.getLogger(GangMembers.class);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final JdbcGangs gangs;
    private final JdbcJobs jobs;
    private final JobProperties properties;
    private final GangProperties gang;
    private final JobRecords records;
    private final DatasetFiles data;
    private final Path scratch;

    GangMembers(JdbcGangs gangs, JdbcJobs jobs, JobProperties properties, GangProperties gang, JobRecords records,
            DatasetFiles data, LocalFiles files) {
        this.gangs = gangs;
        this.jobs = jobs;
        this.properties = properties;
        this.gang = gang;
        this.records = records;
        this.data = data;
        this.scratch = files.scratch();
    }

    Optional<Seat> take() {
        try {
            return gangs.anyOpen() ? gangs.take(records.owner(), FreePort.on(gang.host()), properties.lease()) : Optional.empty();
        } catch (IOException noPort) {
            log.warn("No seat taken: {}: {} (expected: an address of this machine, tideline.training.gang.host)", gang.host(),
                noPort.getMessage());
            return Optional.empty();
        }
    }

    /** Returns when the worker is not needed any more, or has failed. */
    void serve(Seat seat, RunControl control) {
        var holder = Thread.ofVirtual().name("seat-" + seat.job()).start(() -> hold(seat, control));
        try {
            var begun = awaitStart(seat, control);
            if (begun != null) {
                work(seat, begun, control);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            gangs.fail(seat, failure.toString());
        } finally {
            holder.interrupt();
        }
    }

    private void hold(Seat seat, RunControl control) {
        try {
            while (control.stopped() == null) {
                Thread.sleep(properties.heartbeat());
                try {
                    var state = gangs.hold(seat, properties.lease()).orElse(JdbcGangs.OVER);
                    if (state.equals(JdbcGangs.TRAINED) || state.equals(JdbcGangs.OVER)) {
                        control.stop(Stop.GANG_OVER);
                    }
                } catch (DataAccessException | TransactionException away) {
                    log.warn("Job {}: seat {} is not held: {}", seat.job(), seat.rank(), away.getMessage());
                }
            }
        } catch (InterruptedException done) {
            // The worker has ended.
        }
    }

    private @Nullable Gang awaitStart(Seat seat, RunControl control) throws InterruptedException {
        while (control.stopped() == null) {
            var found = gangs.find(seat.job(), seat.generation()).orElse(null);
            if (found == null || found.state().equals(JdbcGangs.OVER)) {
                return null;
            }
            if (!found.state().equals(JdbcGangs.FORMING)) {
                return found;
            }
            Thread.sleep(LOOK);
        }
        return null;
    }

    private void work(Seat seat, Gang found, RunControl control) throws IOException, InterruptedException {
        var job = jobs.find(seat.job()).orElseThrow();
        var seats = gangs.seats(seat.job(), seat.generation());
        var ranks = seats.stream().map(Seat::rank).toList();
        int rank = ranks.indexOf(seat.rank()) + 1;
        if (rank == 0) {
            return;
        }
        var addresses = new ArrayList<>(List.of(found.address()));
        seats.forEach(each -> addresses.add(Objects.requireNonNull(each.address())));
        var manifest = data.fetch(found.manifest());
        var shared = scratch.resolve(properties.work()).resolve(job.id());
        var folder = shared.resolve("worker-" + rank);
        log.info("Job {}: worker {} of {} at {}", job.id(), rank, addresses.size(), seat.address());
        var order = new ChildOrder(job.id(), job.model(), seat.generation(), Objects.requireNonNull(job.definition()), manifest.toString(),
            data.root().toString(), null, folder.toString(), shared.resolve("checkpoints").toString(), folder.resolve("tensorboard").toString(), job.workers(),
            addresses, rank, properties.threads(), properties.checkpointEvery().toMillis(), properties.progressEvery().toMillis());
        var outcome = new ChildProcess(folder, properties).run(order, control, message -> { });
        if (control.stopped() == null) {
            gangs.fail(seat, words(outcome));
        }
    }

    private static String words(ChildOutcome outcome) {
        return switch (outcome) {
            case ChildOutcome.Failed(ChildMessage.Failed failure) -> failure.code() + ": " + failure.message();
            case ChildOutcome.OutOfMemory(String message) -> "OUT_OF_MEMORY: " + message;
            case ChildOutcome.Stuck(String message) -> message;
            case ChildOutcome.Postponed(String message) -> message;
            case ChildOutcome.Crashed(int status, String last) ->
                "training process: exit status " + status + " (expected: to be ended); " + last;
            case ChildOutcome.Finished finished -> "training process: finished (expected: to be ended)";
        };
    }
}
