package dev.tideline.benchmarks.tfrecord;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tideline.tfrecord.RowDecoder;
import dev.tideline.tfrecord.RowEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;

/** A row as a service has it before encoding: 16 floats, 2 strings, an integer label. */
public record Row(float[] numbers, String station, String weather, long label) {

    private static final String[] NAMES = new String[16];

    static {
        for (int i = 0; i < NAMES.length; i++) {
            NAMES[i] = "number_" + (char) ('a' + i);
        }
    }

    public static Row[] random(int count) {
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

    /** Feature names in the order of {@link #set}. */
    public static List<String> names() {
        return Stream.concat(Stream.of(NAMES), Stream.of("label", "station", "weather")).toList();
    }

    public void set(RowEncoder encoder) {
        for (int i = 0; i < numbers.length; i++) {
            encoder.set(i, numbers[i]);
        }
        encoder.set(16, label);
        encoder.set(17, station);
        encoder.set(18, weather);
    }

    /** One line of JSON, without the line's end. */
    public String toJson() {
        StringBuilder json = new StringBuilder(512).append('{');
        for (int i = 0; i < numbers.length; i++) {
            json.append('"').append(NAMES[i]).append("\":").append(numbers[i]).append(',');
        }
        return json.append("\"label\":").append(label).append(",\"station\":\"").append(station).append("\",\"weather\":\"").append(weather)
                .append("\"}").toString();
    }

    static Row read(RowDecoder decoder) {
        float[] numbers = new float[NAMES.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = decoder.floatValue(i);
        }
        return new Row(numbers, decoder.text(17), decoder.text(18), decoder.longValue(16));
    }

    static Row readWithProtobuf(byte[] bytes) throws InvalidProtocolBufferException {
        Map<String, org.tensorflow.proto.Feature> features =
                org.tensorflow.proto.Example.parseFrom(bytes).getFeatures().getFeatureMap();
        float[] numbers = new float[NAMES.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = features.get(NAMES[i]).getFloatList().getValue(0);
        }
        return new Row(numbers, features.get("station").getBytesList().getValue(0).toStringUtf8(),
                features.get("weather").getBytesList().getValue(0).toStringUtf8(),
                features.get("label").getInt64List().getValue(0));
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
