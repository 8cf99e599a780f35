package dev.tideline.training.job;

import dev.tideline.starter.error.TidelineException;
import dev.tideline.storage.LocalFiles;
import dev.tideline.storage.StorageUnavailableException;
import dev.tideline.training.child.Checkpoints;
import dev.tideline.training.child.ChildFailure;
import dev.tideline.training.child.ChildMessage;
import dev.tideline.training.child.ChildOrder;
import dev.tideline.training.dataset.DatasetError;
import dev.tideline.training.dataset.DatasetFiles;
import dev.tideline.training.dataset.Datasets;
import dev.tideline.training.dataset.SealedData;
import dev.tideline.training.model.DefinitionReader;
import dev.tideline.training.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** One attempt at one leased job: data, child process, gate, publication. Says how it ended; the caller writes that down. */
@Component
final class JobRun {

    private final Datasets datasets;
    private final Registry registry;
    private final Publication publication;
    private final JobProperties properties;
    private final DatasetFiles data;
    private final Path scratch;
    private final JobRecords records;
    private final Outage outage;
    private final JdbcGangs gangs;
    private final GangProperties gang;

    JobRun(Datasets datasets, DatasetFiles data, Registry registry, Publication publication, JobProperties properties, LocalFiles files,
            JobRecords records, JdbcGangs gangs, GangProperties gang) {
        this.datasets = datasets;
        this.registry = registry;
        this.publication = publication;
        this.properties = properties;
        this.data = data;
        this.scratch = files.scratch();
        this.records = records;
        this.gangs = gangs;
        this.gang = gang;
        this.outage = new Outage(properties.poll(), properties.outage(), System::nanoTime);
    }

    Ending run(Job leased, RunControl control) {
        try {
            var tries = outlast(leased, control, () -> records.begun(leased, reached(leased))).tries();
            if (tries.fruitless() > properties.attempts()) {
                return new Ending.Failed("begun " + leased.attempt() + " times, " + properties.attempts()
                    + " of them without getting further than step " + tries.reachedStep() + " (expected: a newer checkpoint each time, or "
                    + "at most tideline.training.job.attempts without)");
            }
            var definition = DefinitionReader.read(definition(leased));
            var sealed = control.interruptibly(() -> datasets.seal(definition.dataset(), leased.window(), leased.id(), properties.timeout()));
            var manifest = outlast(leased, control, () -> data.manifest(sealed));
            var job = outlast(leased, control, () -> records.prepared(leased, sealed.version(), leased.version() == null
                ? registry.reserveVersion(leased.model()) : leased.version()));
            try (var draft = outlast(leased, control,
                    () -> publication.draft(job.model(), Objects.requireNonNull(job.version()), job.attempt()))) {
                var outcome = child(job, sealed, draft.path(), control);
                var stopped = control.stopped();
                if (stopped != null) {
                    return new Ending.Stopped(stopped);
                }
                return switch (outcome) {
                    case ChildOutcome.Finished finished -> {
                        outlast(job, control, () -> records.publishing(job));
                        yield new Ending.Published(outlast(job, control,
                            () -> publication.publish(draft, job, definition, manifest, finished.result())));
                    }
                    case ChildOutcome.Failed failed -> failed(failed.failure());
                    case ChildOutcome.OutOfMemory tooMuch -> new Ending.Failed(ChildFailure.OUT_OF_MEMORY + ": " + tooMuch.message());
                    case ChildOutcome.Postponed postponed -> new Ending.Postponed(postponed.message());
                    case ChildOutcome.Stuck stuck -> new Ending.Interrupted(stuck.message());
                    case ChildOutcome.Crashed crashed -> new Ending.Interrupted(
                        "training process: exit status " + crashed.status() + " (expected: 0); " + crashed.lastWords());
                };
            }
        } catch (InterruptedException interrupted) {
            return new Ending.Stopped(Objects.requireNonNullElse(control.stopped(), Stop.SHUTDOWN));
        } catch (TidelineException failure) {
            return failure.code() == DatasetError.NO_RECORDS || failure.code() == DatasetError.UNKNOWN_DATASET
                ? new Ending.Declined(String.valueOf(failure.getMessage())) : new Ending.Failed(String.valueOf(failure.getMessage()));
        } catch (LeaseLostException lost) {
            return new Ending.Stopped(Stop.LEASE_LOST);
        } catch (StorageUnavailableException away) {
            return new Ending.Interrupted(String.valueOf(away.getMessage()));
        } catch (IOException failure) {
            return new Ending.Failed(failure.toString());
        } catch (Exception failure) {
            var stopped = control.stopped();
            if (stopped != null) {
                return new Ending.Stopped(stopped);
            }
            throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
        }
    }

    private ChildOutcome child(Job job, SealedData sealed, Path output, RunControl control) throws Exception {
        var manifest = control.interruptibly(() -> outlast(job, control, () -> data.fetch(sealed.manifest()))).toString();
        if (job.workers() == 1) {
            return child(job, manifest, output, List.of(), control, message -> { });
        }
        try (var lead = new GangLead(gangs, job, properties, System::nanoTime)) {
            var patience = job.elastic() && job.tries().again() ? gang.regroup() : gang.patience();
            var alone = control.interruptibly(() -> lead.form(FreePort.on(gang.host()), sealed.manifest(), patience));
            if (alone != null) {
                return new ChildOutcome.Postponed(alone);
            }
            lead.watch(control);
            var addresses = lead.addresses().size() == 1 ? List.<String>of() : lead.addresses();
            var outcome = child(job, manifest, output, addresses, control, message -> {
                if (message instanceof ChildMessage.Evaluating) {
                    lead.trained();
                }
            });
            return switch (outcome) {
                case ChildOutcome.Failed(ChildMessage.Failed failure) when failure.code() != ChildFailure.INTERNAL -> outcome;
                case ChildOutcome.Failed failed -> orLoss(lead, control, outcome);
                case ChildOutcome.Crashed crashed -> orLoss(lead, control, outcome);
                default -> outcome;
            };
        }
    }

    private static ChildOutcome orLoss(GangLead lead, RunControl control, ChildOutcome own) throws InterruptedException {
        var broken = control.broken();
        var loss = broken != null || control.stopped() != null ? broken : lead.lastWords();
        return loss == null ? own : new ChildOutcome.Stuck(loss);
    }

    private ChildOutcome child(Job job, String manifest, Path output, List<String> addresses, RunControl control,
            Consumer<ChildMessage> also) throws IOException {
        var folder = folder(job);
        var champion = outlast(job, control, () -> publication.champion(job.model())).map(Path::toString).orElse(null);
        var order = new ChildOrder(job.id(), job.model(), job.attempt(), definition(job), manifest, data.root().toString(), champion,
            output.toString(), folder.resolve("checkpoints").toString(), folder.resolve("tensorboard").toString(), job.workers(), addresses, 0,
            properties.threads(), properties.checkpointEvery().toMillis(), properties.progressEvery().toMillis());
        try (var pump = new MessagePump("messages-" + job.id(), message -> {
            also.accept(message);
            forward(job, message, control);
        })) {
            return new ChildProcess(folder, properties).run(order, control, pump::offer);
        }
    }

    private <T, E extends Exception> T outlast(Job job, RunControl control, Outage.Work<T, E> work) throws E {
        return outage.outlast("Job " + job.id(), () -> control.stopped() != null, work);
    }

    /** Where a job keeps its order, its log and its checkpoints. */
    Path folder(Job job) {
        return scratch.resolve(properties.work()).resolve(job.id());
    }

    /** Step of the job's newest checkpoint; 0 when there is none. */
    long reached(Job job) {
        return Checkpoints.newestStep(folder(job).resolve("checkpoints"));
    }

    /** Figures may be lost while the database is away; what changes the job's state may not. */
    private void forward(Job job, ChildMessage message, RunControl control) {
        try {
            switch (message) {
                case ChildMessage.Training training -> outlast(job, control, () -> records.training(job, training));
                case ChildMessage.Progress progress -> records.progress(job, progress);
                case ChildMessage.Evaluating evaluating -> outlast(job, control, () -> records.evaluating(job));
                case ChildMessage.Pulse pulse -> { }
                case ChildMessage.Trained trained -> { }
                case ChildMessage.Finished finished -> { }
                case ChildMessage.Failed failed -> { }
            }
        } catch (LeaseLostException lost) {
            control.stop(Stop.LEASE_LOST);
        }
    }

    private static Ending failed(ChildMessage.Failed failure) {
        var message = failure.code() + ": " + failure.message();
        return failure.code() == ChildFailure.INTERNAL ? new Ending.Interrupted(message) : new Ending.Failed(message);
    }

    private static JsonNode definition(Job job) {
        return Objects.requireNonNull(job.definition());
    }
}
