/** The engine: loads SavedModels through TensorFlow's C API, runs them, and frees every native object by hand. */
@NullMarked
package dev.tideline.inference.tensorflow;

import org.jspecify.annotations.NullMarked;
