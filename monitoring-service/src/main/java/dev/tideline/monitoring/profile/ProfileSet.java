package dev.tideline.monitoring.profile;

import dev.tideline.features.Baseline;
import dev.tideline.features.Profile;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Profiles of all features of a model version over some rows. Mutable, not thread-safe. */
public final class ProfileSet {

    final String[] names;
    final Profile[] profiles;
    final JointMoments joint;
    final Confidence confidence;
    long rows;
    long late;
    long foreign;
    Instant from = Instant.MAX;
    Instant to = Instant.MIN;

    /** An empty set on the bins of {@code baselines}. */
    public ProfileSet(SortedMap<String, Baseline> baselines) {
        this(baselines.keySet().toArray(String[]::new), baselines.values().stream().map(Profile::on).toArray(Profile[]::new));
    }

    ProfileSet(String[] names, Profile[] profiles) {
        this.names = names;
        this.profiles = profiles;
        this.joint = JointMoments.of(names, profiles);
        this.confidence = new Confidence();
    }

    /** Counts one prediction that came in time and was made on the schema of the model. */
    public void add(Example example, Instant time) {
        count(example);
        span(time, time);
    }

    /** Counts one prediction that came too late to stretch the time that this set covers. */
    public void addLate(Example example) {
        count(example);
        late++;
    }

    /** Notes that the prediction added last was made on another schema than the model's. */
    public void noteForeignSchema() {
        foreign++;
    }

    /** Both sides are in the order of their names, so that no feature has to be looked up. */
    private void count(Example example) {
        Iterator<Map.Entry<String, Feature>> features = example.features().entrySet().iterator();
        Map.@Nullable Entry<String, Feature> next = features.hasNext() ? features.next() : null;
        joint.begin();
        for (int i = 0; i < names.length; i++) {
            int order = next == null ? 1 : next.getKey().compareTo(names[i]);
            while (order < 0) {
                next = features.hasNext() ? features.next() : null;
                order = next == null ? 1 : next.getKey().compareTo(names[i]);
            }
            Feature feature = order == 0 && next != null ? next.getValue() : null;
            profiles[i].add(feature);
            joint.take(i, feature);
        }
        joint.end();
        confidence.add(example);
        rows++;
    }

    /** Adds the counts of {@code other}, which is on the same bins. */
    public void merge(ProfileSet other) {
        if (!Arrays.equals(names, other.names)) {
            throw new IllegalArgumentException("profiles: of " + Arrays.toString(other.names) + " (expected: " + Arrays.toString(names) + ")");
        }
        for (int i = 0; i < profiles.length; i++) {
            profiles[i].merge(other.profiles[i]);
        }
        joint.merge(other.joint);
        confidence.merge(other.confidence);
        rows += other.rows;
        late += other.late;
        foreign += other.foreign;
        span(other.from, other.to);
    }

    private void span(Instant first, Instant last) {
        from = from.isAfter(first) ? first : from;
        to = to.isBefore(last) ? last : to;
    }

    public long rows() {
        return rows;
    }

    /** Of these, rows that came too late. */
    public long late() {
        return late;
    }

    /** Of these, rows that were made on another schema. */
    public long foreign() {
        return foreign;
    }

    /** Event time of the earliest row that was not late; {@link Instant#MAX} without one. */
    public Instant from() {
        return from;
    }

    /** Event time of the latest row that was not late; {@link Instant#MIN} without one. */
    public Instant to() {
        return to;
    }

    public JointMoments joint() {
        return joint;
    }

    public Confidence confidence() {
        return confidence;
    }

    /** By feature name, outputs as {@code output/<name>}. */
    public SortedMap<String, Profile> profiles() {
        TreeMap<String, Profile> map = new TreeMap<>();
        for (int i = 0; i < names.length; i++) {
            map.put(names[i], profiles[i]);
        }
        return Collections.unmodifiableSortedMap(map);
    }
}
