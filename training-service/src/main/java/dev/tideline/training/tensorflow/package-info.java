/**
 * Everything that touches TensorFlow: the input pipeline, networks, mirrored training, export and evaluation as graphs. Used in
 * child processes only, because native code can abort the process it runs in.
 */
@NullMarked
package dev.tideline.training.tensorflow;

import org.jspecify.annotations.NullMarked;
