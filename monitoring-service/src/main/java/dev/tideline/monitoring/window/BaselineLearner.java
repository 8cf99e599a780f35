package dev.tideline.monitoring.window;

import dev.tideline.features.Baseline;
import dev.tideline.features.BaselineCodec;
import dev.tideline.features.Baselines;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.monitoring.store.VersionKey;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first rows of a version that was trained elsewhere into its baseline. Rows that come until the baseline is in force wait here
 * too, so that none is left out of the windows. Bounded in versions and in rows of each.
 */
final class BaselineLearner {

    static final String STORE = "learning-rows";
    private static final int MAX_WAITING = 10_000;
    /** A version that nothing was heard of for so long gives way to another. */
    private static final long IDLE_MS = 600_000;
    private static final int MAX_FEATURES = 5_000;
    /** Longer byte strings are pictures or documents and have no distribution worth watching. */
    private static final int MAX_TEXT = 256;

    /** What became of a row. */
    sealed interface Step {

        /** It is not watched: too many versions, or too many rows. */
        record Refused() implements Step {}

        record Kept() implements Step {}

        /** It completed the baseline. */
        record Learnt(Signal.BaselineLearnt signal) implements Step {}
    }

    private final LearningProperties properties;
    private final KeyValueStore<Bytes, byte[]> store;
    /** The least recently heard of come first. */
    private final LinkedHashMap<String, Progress> learning = new LinkedHashMap<>(16, 0.75f, true);

    private record Progress(int rows, long heard) {}

    /** @param now in milliseconds since 1970, as everywhere here */
    BaselineLearner(LearningProperties properties, KeyValueStore<Bytes, byte[]> store, long now) {
        this.properties = properties;
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            entries.forEachRemaining(entry -> {
                String key = new String(entry.key.get(), StandardCharsets.UTF_8);
                learning.merge(key.substring(0, key.lastIndexOf('#')), new Progress(1, now),
                        (a, b) -> new Progress(a.rows() + b.rows(), now));
            });
        }
    }

    Step learn(VersionKey version, String key, byte[] raw, long now) {
        Progress progress = learning.get(key);
        int before = progress == null ? 0 : progress.rows();
        if (properties.rows() == 0 || progress == null && !hasRoom(now) || before >= properties.rows() + MAX_WAITING) {
            return new Step.Refused();
        }
        store.put(row(key, before), raw);
        learning.put(key, new Progress(before + 1, now));
        return before + 1 == properties.rows() ? new Step.Learnt(baseline(version, key)) : new Step.Kept();
    }

    private boolean hasRoom(long now) {
        if (learning.size() < properties.versions()) {
            return true;
        }
        Map.Entry<String, Progress> eldest = learning.firstEntry();
        if (now - eldest.getValue().heard() < IDLE_MS) {
            return false;
        }
        drain(eldest.getKey());
        return true;
    }

    boolean isLearning(String key) {
        return learning.containsKey(key);
    }

    /** Versions of which rows are kept. */
    Set<String> keys() {
        return Set.copyOf(learning.keySet());
    }

    /** Ends the learning of a version and returns the rows that came after those of the baseline, in their order. */
    List<Chunk.Raw> drain(String key) {
        Progress ended = learning.remove(key);
        List<Chunk.Raw> waiting = new ArrayList<>();
        for (int i = 0; ended != null && i < ended.rows(); i++) {
            byte[] bytes = store.delete(row(key, i));
            if (bytes != null && i >= properties.rows() && Chunk.read(bytes) instanceof Chunk.Raw raw) {
                waiting.add(raw);
            }
        }
        return waiting;
    }

    private Signal.BaselineLearnt baseline(VersionKey version, String key) {
        List<Chunk.Raw> learnt = new ArrayList<>(properties.rows());
        for (int i = 0; i < properties.rows(); i++) {
            byte[] bytes = store.get(row(key, i));
            if (bytes != null && Chunk.read(bytes) instanceof Chunk.Raw raw) {
                learnt.add(raw);
            }
        }
        SortedMap<String, Baseline> baselines = of(learnt.stream().map(Chunk.Raw::example).toList());
        Instant from = learnt.stream().map(Chunk.Raw::time).min(Instant::compareTo).orElse(Instant.EPOCH);
        Instant to = learnt.stream().map(Chunk.Raw::time).max(Instant::compareTo).orElse(Instant.EPOCH);
        return new Signal.BaselineLearnt(
                version.model(), version.version(), learnt.size(), from, to, BaselineCodec.write(baselines).toString());
    }

    /** Baselines of {@code examples}, with the kinds that their features have. */
    static SortedMap<String, Baseline> of(List<Example> examples) {
        TreeMap<String, Kind> kinds = new TreeMap<>();
        for (Example example : examples) {
            example.features().forEach((name, feature) -> {
                Kind kind = kind(feature);
                if (kind != null && kinds.size() < MAX_FEATURES) {
                    kinds.merge(name, kind, (old, now) -> old == Kind.INT && now == Kind.FLOAT ? now : old);
                }
            });
        }
        List<FeatureSpec> features = kinds.entrySet().stream().map(entry -> FeatureSpec.scalar(entry.getKey(), entry.getValue())).toList();
        StatisticsBuilder statistics = new StatisticsBuilder(features);
        examples.forEach(statistics::add);
        return Baselines.from(statistics.build(), features);
    }

    private static @Nullable Kind kind(Feature feature) {
        return switch (feature) {
            case Feature.Floats floats -> floats.isEmpty() ? null : Kind.FLOAT;
            case Feature.Longs longs -> longs.isEmpty() ? null : Kind.INT;
            case Feature.Bytes bytes -> bytes.isEmpty() || bytes.values()[0].length > MAX_TEXT ? null : Kind.TEXT;
        };
    }

    private static Bytes row(String key, int index) {
        return Bytes.wrap((key + "#" + index).getBytes(StandardCharsets.UTF_8));
    }
}
