package dev.tideline.ingest.retention;

import dev.tideline.ingest.version.VersionAge;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Decides which versions a policy gives up. */
final class RetentionPlan {

    private RetentionPlan() {}

    /**
     * @param kept  versions that are kept so far
     * @param grace age below which no version is given up
     * @return version numbers, oldest first
     */
    static List<Long> retire(List<VersionAge> kept, RetentionPolicy policy, Instant now, Duration grace) {
        Integer keep = policy.keepVersions();
        if (keep == null || kept.size() <= keep) {
            return List.of();
        }
        return kept.stream().sorted(Comparator.comparingLong(VersionAge::version))
                .limit(kept.size() - keep)
                .filter(version -> !version.sealedAt().isAfter(now.minus(grace)))
                .map(VersionAge::version).toList();
    }
}
