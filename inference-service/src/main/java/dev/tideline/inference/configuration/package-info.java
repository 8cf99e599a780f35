/**
 * Which models are served from which folders: TensorFlow Serving's model config, as a value. It comes from flags, a file, HTTP or gRPC,
 * is checked whole and takes effect whole.
 */
@NullMarked
package dev.tideline.inference.configuration;

import org.jspecify.annotations.NullMarked;
