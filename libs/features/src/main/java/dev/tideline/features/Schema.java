package dev.tideline.features;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The features of a dataset's records.
 *
 * @param version counts from 1; compatible changes make a new version
 * @param label   the feature to predict
 * @param key     the feature that identifies a record; it decides partition and split
 * @param time    the feature with the event time: text in ISO-8601, or an integer in milliseconds since 1970
 */
public record Schema(
        int version, List<FeatureSpec> features, @Nullable String label, @Nullable String key, @Nullable String time) {

    public Schema {
        features = List.copyOf(features);
    }

    public Optional<FeatureSpec> feature(String name) {
        return features.stream().filter(feature -> feature.name().equals(name)).findFirst();
    }

    /** The label's specification; empty when the schema names none. */
    public Optional<FeatureSpec> labelFeature() {
        return Optional.ofNullable(label).flatMap(this::feature);
    }

    /** What a model sees: all features but label, key and time. */
    public List<FeatureSpec> inputs() {
        List<String> roles = Stream.of(label, key, time).filter(name -> name != null).toList();
        return features.stream().filter(feature -> !roles.contains(feature.name())).toList();
    }

    /** SHA-256 of the canonical JSON form without the version, as 64 hexadecimal digits: equal rules, equal fingerprint. */
    public String fingerprint() {
        try {
            byte[] canonical = SchemaCodec.write(this).without("version").toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
