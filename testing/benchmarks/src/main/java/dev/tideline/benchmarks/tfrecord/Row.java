package dev.tideline.benchmarks.tfrecord;

import com.google.protobuf.ByteString;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.TreeMap;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;

/** A row as a service has it before encoding: 16 floats, 2 strings, an integer label. */
record Row(float[] numbers, String station, String weather, long label) {

    private static final String[] NAMES = new String[16];

    static {
        for (int i = 0; i < NAMES.length; i++) {
            NAMES[i] = "number_" + (char) ('a' + i);
        }
    }

    static Row[] random(int count) {
        Random random = new Random(1);
        Row[] rows = new Row[count];
        for (int i = 0; i < count; i++) {
            float[] numbers = new float[NAMES.length];
            for (int j = 0; j < numbers.length; j++) {
                numbers[j] = (float) random.nextGaussian();
            }
            rows[i] = new Row(numbers, "station-" + random.nextInt(400), "weather-" + random.nextInt(8), random.nextInt(2));
        }
        return rows;
    }

    byte[] encode() {
        TreeMap<String, Feature> features = new TreeMap<>();
        for (int i = 0; i < NAMES.length; i++) {
            features.put(NAMES[i], Feature.floats(numbers[i]));
        }
        features.put("label", Feature.longs(label));
        features.put("station", Feature.text(station));
        features.put("weather", Feature.text(weather));
        return Example.of(features).encode();
    }

    byte[] encodeWithProtobuf() {
        Features.Builder features = Features.newBuilder();
        for (int i = 0; i < NAMES.length; i++) {
            features.putFeature(NAMES[i], org.tensorflow.proto.Feature.newBuilder()
                    .setFloatList(FloatList.newBuilder().addValue(numbers[i])).build());
        }
        features.putFeature("label", org.tensorflow.proto.Feature.newBuilder()
                .setInt64List(Int64List.newBuilder().addValue(label)).build());
        features.putFeature("station", text(station));
        features.putFeature("weather", text(weather));
        return org.tensorflow.proto.Example.newBuilder().setFeatures(features).build().toByteArray();
    }

    private static org.tensorflow.proto.Feature text(String value) {
        return org.tensorflow.proto.Feature.newBuilder().setBytesList(
                BytesList.newBuilder().addValue(ByteString.copyFrom(value, StandardCharsets.UTF_8))).build();
    }
}
