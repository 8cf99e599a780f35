/**
 * TFRecord files and {@code tf.train.Example} messages on the plain JDK: framing with masked CRC-32C, and a codec that neither
 * builds protobuf objects nor boxes values.
 */
@NullMarked
package dev.tideline.tfrecord;

import org.jspecify.annotations.NullMarked;
