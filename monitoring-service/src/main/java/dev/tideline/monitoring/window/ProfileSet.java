package dev.tideline.monitoring.window;

import dev.tideline.features.Baseline;
import dev.tideline.features.Profile;
import dev.tideline.tfrecord.Example;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** Profiles of all features of a model version over some rows. Mutable, not thread-safe. */
final class ProfileSet {

    private final TreeMap<String, Profile> profiles = new TreeMap<>();
    private long rows;
    private Instant from = Instant.MAX;
    private Instant to = Instant.MIN;

    ProfileSet(SortedMap<String, Baseline> baselines) {
        baselines.forEach((name, baseline) -> profiles.put(name, Profile.on(baseline)));
    }

    ProfileSet(long rows, Instant from, Instant to, SortedMap<String, Profile> profiles) {
        this.rows = rows;
        this.from = from;
        this.to = to;
        this.profiles.putAll(profiles);
    }

    void add(Example example, Instant time) {
        profiles.forEach((name, profile) -> profile.add(example.feature(name)));
        rows++;
        from = from.isAfter(time) ? time : from;
        to = to.isBefore(time) ? time : to;
    }

    void merge(ProfileSet other) {
        profiles.forEach((name, profile) -> {
            Profile theirs = other.profiles.get(name);
            if (theirs != null) {
                profile.merge(theirs);
            }
        });
        rows += other.rows;
        from = from.isAfter(other.from) ? other.from : from;
        to = to.isBefore(other.to) ? other.to : to;
    }

    long rows() {
        return rows;
    }

    /** Event time of the earliest row; {@link Instant#MAX} without rows. */
    Instant from() {
        return from;
    }

    /** Event time of the latest row; {@link Instant#MIN} without rows. */
    Instant to() {
        return to;
    }

    SortedMap<String, Profile> profiles() {
        return profiles;
    }
}
