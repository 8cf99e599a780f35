package dev.tideline.inference.source;

import dev.tideline.inference.configuration.CurrentConfiguration;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.servable.VersionStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Ready once every model was tried and one at least answers: a model that cannot be loaded is named here, and keeps nobody from using the
 * others.
 */
final class DirectoryHealth implements HealthIndicator {

    private final CurrentConfiguration configuration;
    private final DirectorySource source;
    private final ServableManager servables;

    DirectoryHealth(CurrentConfiguration configuration, DirectorySource source, ServableManager servables) {
        this.configuration = configuration;
        this.source = source;
        this.servables = servables;
    }

    @Override
    public Health health() {
        Health.Builder health = new Health.Builder().up();
        Set<String> models = configuration.get().models().keySet();
        boolean tried = true;
        boolean answers = models.isEmpty();
        for (String model : models) {
            List<VersionStatus> versions = servables.statuses(model);
            boolean available = versions.stream().anyMatch(version -> version.state() instanceof VersionState.Available);
            answers |= available;
            tried &= available || tried(source.last(model), versions);
            health.withDetail(model, available ? "AVAILABLE" : why(versions, source.last(model)));
        }
        return tried && answers ? health.build() : health.down().build();
    }

    private static boolean tried(DirectorySource.@Nullable Look look, List<VersionStatus> versions) {
        return look != null && (!look.problem().isEmpty() || !look.aspires()
                || !versions.isEmpty() && versions.stream().allMatch(version -> version.state() instanceof VersionState.End));
    }

    private static String why(List<VersionStatus> versions, DirectorySource.@Nullable Look look) {
        if (look == null || !look.problem().isEmpty()) {
            return look == null ? "not looked at yet" : look.problem();
        }
        return versions.stream().findFirst().map(version -> version.state() instanceof VersionState.End end && end.failed()
                ? "version " + version.version() + ": " + end.message() : "version " + version.version() + ": " + version.state().label())
                .orElse("no version (expected: a folder named by a number, with a whole SavedModel)");
    }
}
