package dev.tideline.inference.tensorflow;

import dev.tideline.inference.servable.LoadFailedException;
import dev.tideline.inference.servable.RecentInputs;
import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.ServableLoader;
import dev.tideline.inference.servable.VersionCheck;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;

/** Proves a version in a child process, opens it here, warms it up. */
@Component
final class TensorFlowLoader implements ServableLoader {

    private final TensorFlowProperties properties;
    private final ChildProcessCheck check;
    private final SavedModelOpener opener;
    private final EngineStart engine;
    private final List<VersionCheck> checks;
    private final WarmUp warmUp;
    private final WarmUpMetrics metrics;

    TensorFlowLoader(TensorFlowProperties properties, RecentInputs recent, List<VersionCheck> checks, MeterRegistry registry) {
        this.properties = properties;
        this.check = new ChildProcessCheck(properties.checkTimeout(), properties.checkMemory());
        this.checks = checks;
        this.opener = properties.opener();
        this.engine = new EngineStart(opener, properties.checkTimeout());
        this.warmUp = new WarmUp(properties.warmUpRows(), properties.warmUpIterations(), recent);
        this.metrics = new WarmUpMetrics(registry);
    }

    @Override
    public Servable load(ServableId id, Path folder) throws LoadFailedException {
        try {
            SavedModelFile.find(folder);
            VersionManifest manifest = VersionManifest.verified(folder);
            checks.forEach(check -> check.check(id, folder));
            prove(folder);
            engine.await();
            return warm(opener.open(id, folder, manifest.schemaFingerprint()), folder);
        } catch (StatusException e) {
            throw refused(e.code(), e.text());
        }
    }

    private void prove(Path folder) throws LoadFailedException {
        CheckRequest request = properties.checkOf(folder);
        switch (properties.check()) {
            case CHILD_PROCESS -> check.check(request);
            case NONE -> request.inspect();
        }
    }

    private Servable warm(TensorFlowServable servable, Path folder) {
        try {
            if (properties.warmUp()) {
                metrics.measure(servable.id().model(), () -> warmUp.run(servable, folder));
            }
            return servable;
        } catch (RuntimeException | Error e) {
            servable.close();
            throw e;
        }
    }

    /** Adds what was expected, unless the reason says so itself. */
    static LoadFailedException refused(StatusCode code, String reason) {
        return LoadFailedException.broken(
                code, reason.contains("(expected: ") ? reason : "SavedModel: " + reason + " (expected: one that loads and answers)");
    }
}
