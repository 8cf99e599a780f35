package dev.tideline.training.support;

import dev.tideline.features.Domain;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Bicycle trips: whether somebody leaves a tip, by distance, hour and weather. */
public final class Trips {

    private Trips() {}

    public static Schema schema() {
        return new Schema(1, List.of(
            FeatureSpec.scalar("id", Kind.TEXT),
            FeatureSpec.scalar("distance", Kind.FLOAT),
            FeatureSpec.scalar("hour", Kind.INT),
            new FeatureSpec("weather", Kind.TEXT, List.of(), false, new Domain.Values(List.of("sun", "rain", "snow")), "sun"),
            FeatureSpec.scalar("constant", Kind.FLOAT),
            FeatureSpec.scalar("tip", Kind.TEXT)), "tip", "id", null);
    }

    /** @param turn +1 for the usual world, -1 for one in which everything is the other way round */
    public static List<Example> examples(int count, long seed, int turn) {
        var random = new SplittableRandom(seed);
        var examples = new ArrayList<Example>();
        for (int i = 0; i < count; i++) {
            double distance = Math.exp(random.nextGaussian(1, 0.6));
            int hour = random.nextInt(24);
            var weather = List.of("sun", "rain", "snow").get(random.nextInt(3));
            double score = (distance - 3) / 2 + (hour > 17 ? 0.8 : -0.3) + (weather.equals("snow") ? 1 : 0);
            boolean tip = turn * score + random.nextGaussian(0, 0.2) > 0;
            examples.add(example("t" + seed + "-" + i, distance, hour, weather, tip ? "yes" : "no"));
        }
        return examples;
    }

    private static Example example(String id, double distance, int hour, @Nullable String weather, String tip) {
        var features = new TreeMap<String, Feature>();
        features.put("id", Feature.text(id));
        features.put("distance", Feature.floats((float) distance));
        features.put("hour", Feature.longs(hour));
        if (weather != null) {
            features.put("weather", Feature.text(weather));
        }
        features.put("constant", Feature.floats(1));
        features.put("tip", Feature.text(tip));
        return Example.of(features);
    }
}
