/** The use case behind every door: choose a version, check the inputs, run, measure, log. */
@NullMarked
package dev.tideline.inference.prediction;

import org.jspecify.annotations.NullMarked;
