package dev.tideline.tfrecord;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A {@code tf.train.SequenceExample} (tensorflow/core/example/example.proto): features of the whole, and lists with one feature
 * per step. Equal sequences have equal bytes.
 *
 * @param context features of the whole by name
 * @param lists   one feature per step, by name
 */
public record SequenceExample(SortedMap<String, Feature> context, SortedMap<String, List<Feature>> lists) {

    public SequenceExample {
        context = Collections.unmodifiableSortedMap(new TreeMap<>(context));
        TreeMap<String, List<Feature>> copies = new TreeMap<>();
        lists.forEach((name, steps) -> copies.put(name, List.copyOf(steps)));
        lists = Collections.unmodifiableSortedMap(copies);
    }

    public static SequenceExample of(Map<String, ? extends Feature> context, Map<String, List<Feature>> lists) {
        return new SequenceExample(new TreeMap<>(context), new TreeMap<>(lists));
    }

    /**
     * Reads protobuf bytes.
     *
     * @throws MalformedExampleException when they are no {@code tf.train.SequenceExample}
     */
    public static SequenceExample decode(byte[] bytes) {
        return new ExampleDecoder(bytes).sequence();
    }

    /** Protobuf bytes, equal to protobuf's own deterministic serialisation with map entries in key order. */
    public byte[] encode() {
        return ExampleEncoder.encode(context, lists);
    }
}
