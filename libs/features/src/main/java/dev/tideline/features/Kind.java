package dev.tideline.features;

/** What a feature's values are; decides the list of the {@code tf.train.Feature} that carries them. */
public enum Kind {
    /** float32, in {@code float_list}. */
    FLOAT,
    /** int64, in {@code int64_list}; booleans are 0 and 1. */
    INT,
    /** UTF-8 text, in {@code bytes_list}. */
    TEXT,
    /** Any bytes, in {@code bytes_list}; base64 in JSON. */
    BYTES
}
