/**
 * {@code tideline serve}: the service alone, without Kafka, started with the flags of TensorFlow Serving's {@code tensorflow_model_server}.
 * Flags become configuration keys; nothing else of the service knows of them.
 */
@NullMarked
package dev.tideline.inference.standalone;

import org.jspecify.annotations.NullMarked;
