package dev.tideline.inference.configuration;

import dev.tideline.inference.servable.ServableManager;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.servable.VersionStatus;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.serving.protocol.ModelServerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Replaces the configuration on demand and waits until its new models answer, as TensorFlow Serving's reload call does, but not for ever. */
public final class ConfigurationReload {

    private static final int LOOK_MILLIS = 20;

    private final CurrentConfiguration current;
    private final ServableManager servables;

    ConfigurationReload(CurrentConfiguration current, ServableManager servables) {
        this.current = current;
        this.servables = servables;
    }

    /**
     * Replaces the whole configuration; models that it leaves out are unloaded.
     *
     * @param patience how long to wait for the models that came anew
     * @return what changed
     * @throws StatusException INVALID_ARGUMENT when the configuration contradicts itself, and nothing changes; FAILED_PRECONDITION when a
     *     new model cannot be loaded, and DEADLINE_EXCEEDED when one is not yet: the new configuration holds in both cases
     */
    public List<ConfigurationChange> reload(ModelServerConfig config, Duration patience) {
        List<ConfigurationChange> changes;
        try {
            changes = current.replace(ModelConfigs.read(config));
        } catch (InvalidConfigurationException e) {
            throw StatusException.invalid(String.valueOf(e.getMessage()));
        }
        await(changes.stream().filter(ConfigurationChange.Added.class::isInstance).map(ConfigurationChange::model).toList(), patience);
        return changes;
    }

    private void await(List<String> models, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        List<String> waiting = new ArrayList<>(models);
        List<String> failed = new ArrayList<>();
        while (!waiting.isEmpty()) {
            waiting.removeIf(model -> settled(model, failed));
            if (!waiting.isEmpty() && System.nanoTime() - end >= 0) {
                throw new StatusException(StatusCode.DEADLINE_EXCEEDED,
                        "models: " + String.join(", ", waiting) + " load still (expected: available within " + patience + ")");
            }
            pause();
        }
        if (!failed.isEmpty()) {
            throw new StatusException(StatusCode.FAILED_PRECONDITION, String.join("; ", failed));
        }
    }

    private boolean settled(String model, List<String> failed) {
        List<VersionStatus> versions = servables.statuses(model);
        if (versions.stream().anyMatch(version -> version.state() instanceof VersionState.Available)) {
            return true;
        }
        String problem = current.problem(model);
        if (!problem.isEmpty()) {
            failed.add(problem);
            return true;
        }
        if (versions.isEmpty() || !versions.stream().allMatch(version -> version.state() instanceof VersionState.End end && end.failed())) {
            return false;
        }
        versions.forEach(version -> {
            if (version.state() instanceof VersionState.End end) {
                failed.add("model " + model + " version " + version.version() + ": " + end.message());
            }
        });
        return true;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StatusException(StatusCode.CANCELLED, "The reload was not waited for", e);
        }
    }
}
