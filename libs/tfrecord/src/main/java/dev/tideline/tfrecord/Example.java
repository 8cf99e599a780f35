package dev.tideline.tfrecord;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tf.train.Example} (tensorflow/core/example/example.proto): features by name, in the order of their names, which is
 * the order of the bytes too. Equal examples have equal bytes.
 */
public final class Example {

    private final SortedMap<String, Feature> features;

    private Example(SortedMap<String, Feature> features) {
        this.features = features;
    }

    public static Example of(Map<String, ? extends Feature> features) {
        return new Example(Collections.unmodifiableSortedMap(new TreeMap<>(features)));
    }

    /**
     * Reads protobuf bytes.
     *
     * @throws MalformedExampleException when they are no {@code tf.train.Example}
     */
    public static Example decode(byte[] bytes) {
        return new Example(Collections.unmodifiableSortedMap(new ExampleDecoder(bytes).example()));
    }

    /** Protobuf bytes, equal to protobuf's own deterministic serialisation with map entries in key order. */
    public byte[] encode() {
        return ExampleEncoder.encode(features);
    }

    public SortedMap<String, Feature> features() {
        return features;
    }

    public @Nullable Feature feature(String name) {
        return features.get(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Example example && features.equals(example.features);
    }

    @Override
    public int hashCode() {
        return features.hashCode();
    }

    @Override
    public String toString() {
        return features.toString();
    }
}
