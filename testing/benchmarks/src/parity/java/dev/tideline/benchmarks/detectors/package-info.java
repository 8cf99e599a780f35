/** The detectors of monitoring-service against MOA's, on MOA's streams and learner. MOA is GPL: it is in test scope here and nowhere else. */
@NullMarked
package dev.tideline.benchmarks.detectors;

import org.jspecify.annotations.NullMarked;
