/** Detectors of concept drift: fold a stream of errors, one number per labelled prediction, and say when its mean has risen. */
@NullMarked
package dev.tideline.monitoring.detector;

import org.jspecify.annotations.NullMarked;
