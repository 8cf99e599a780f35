package dev.tideline.platform.replay;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One record of a log file.
 *
 * @param inputs  features that the model was given
 * @param outputs its answers by alias
 */
record LoggedPrediction(String id, String model, String signature, SortedMap<String, Feature> inputs, SortedMap<String, Feature> outputs) {

    private static final String OUTPUT = "output/";
    private static final String ABOUT = "tideline/";

    static LoggedPrediction of(Example example) {
        var inputs = new TreeMap<String, Feature>();
        var outputs = new TreeMap<String, Feature>();
        example.features().forEach((name, feature) -> {
            if (name.startsWith(OUTPUT)) {
                outputs.put(name.substring(OUTPUT.length()), feature);
            } else if (!name.startsWith(ABOUT)) {
                inputs.put(name, feature);
            }
        });
        return new LoggedPrediction(text(example, "id"), text(example, "model"), text(example, "signature"), inputs, outputs);
    }

    private static String text(Example example, String name) {
        return example.feature(ABOUT + name) instanceof Feature.Bytes bytes && bytes.values().length > 0
                ? new String(bytes.values()[0], StandardCharsets.UTF_8) : "";
    }
}
