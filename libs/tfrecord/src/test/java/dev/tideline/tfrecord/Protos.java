package dev.tideline.tfrecord;

import com.google.protobuf.ByteString;
import java.util.TreeMap;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;

/** Examples as TensorFlow's protobuf classes, and back. */
final class Protos {

    private Protos() {}

    static org.tensorflow.proto.Example proto(Example example) {
        Features.Builder features = Features.newBuilder();
        example.features().forEach((name, feature) -> {
            org.tensorflow.proto.Feature.Builder proto = org.tensorflow.proto.Feature.newBuilder();
            switch (feature) {
                case Feature.Floats floats -> {
                    FloatList.Builder list = FloatList.newBuilder();
                    for (float value : floats.values()) {
                        list.addValue(value);
                    }
                    proto.setFloatList(list);
                }
                case Feature.Longs longs -> {
                    Int64List.Builder list = Int64List.newBuilder();
                    for (long value : longs.values()) {
                        list.addValue(value);
                    }
                    proto.setInt64List(list);
                }
                case Feature.Bytes bytes -> {
                    BytesList.Builder list = BytesList.newBuilder();
                    for (byte[] value : bytes.values()) {
                        list.addValue(ByteString.copyFrom(value));
                    }
                    proto.setBytesList(list);
                }
            }
            features.putFeature(name, proto.build());
        });
        return org.tensorflow.proto.Example.newBuilder().setFeatures(features).build();
    }

    static Example example(org.tensorflow.proto.Example proto) {
        TreeMap<String, Feature> features = new TreeMap<>();
        proto.getFeatures().getFeatureMap().forEach((name, feature) -> features.put(name, feature(feature)));
        return Example.of(features);
    }

    private static Feature feature(org.tensorflow.proto.Feature feature) {
        return switch (feature.getKindCase()) {
            case FLOAT_LIST -> {
                float[] values = new float[feature.getFloatList().getValueCount()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = feature.getFloatList().getValue(i);
                }
                yield new Feature.Floats(values);
            }
            case INT64_LIST -> new Feature.Longs(feature.getInt64List().getValueList().stream().mapToLong(Long::longValue).toArray());
            case BYTES_LIST, KIND_NOT_SET -> new Feature.Bytes(
                    feature.getBytesList().getValueList().stream().map(ByteString::toByteArray).toArray(byte[][]::new));
        };
    }
}
