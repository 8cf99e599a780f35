package dev.tideline.ingest.retention;

import dev.tideline.ingest.version.Pin;
import dev.tideline.ingest.version.VersionAge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Decides which versions a policy gives up, and says why. */
final class RetentionPlan {

    /** @param retire whether the version's content is given up */
    record Fate(long version, Instant sealedAt, long records, boolean retire, String reason) {}

    private RetentionPlan() {}

    /**
     * @param kept  versions that are kept so far
     * @param grace age below which no version is given up
     * @return a fate for each, newest first
     */
    static List<Fate> of(List<VersionAge> kept, RetentionPolicy policy, Instant now, Duration grace) {
        List<VersionAge> newestFirst = kept.stream().sorted(Comparator.comparingLong(VersionAge::version).reversed()).toList();
        List<Fate> fates = new ArrayList<>();
        for (int place = 0; place < newestFirst.size(); place++) {
            fates.add(fate(newestFirst.get(place), place, policy, now, grace));
        }
        return fates;
    }

    private static Fate fate(VersionAge version, int place, RetentionPolicy policy, Instant now, Duration grace) {
        Integer keep = policy.keepVersions();
        if (keep == null) {
            return keep(version, "the policy keeps all versions");
        }
        if (place < keep) {
            return keep(version, "one of the newest " + keep);
        }
        if (!version.pins().isEmpty()) {
            return keep(version, "in use: " + version.pins().stream().map(RetentionPlan::text).collect(Collectors.joining("; ")));
        }
        if (version.sealedAt().isAfter(now.minus(grace))) {
            return keep(version, "sealed less than " + grace + " ago, beyond the newest " + keep);
        }
        return new Fate(version.version(), version.sealedAt(), version.records(), true, "beyond the newest " + keep + ", not in use");
    }

    private static Fate keep(VersionAge version, String reason) {
        return new Fate(version.version(), version.sealedAt(), version.records(), false, reason);
    }

    private static String text(Pin pin) {
        return pin.owner() + (pin.reason().isEmpty() ? "" : ", " + pin.reason())
                + (pin.expiresAt() == null ? "" : ", until " + pin.expiresAt());
    }
}
