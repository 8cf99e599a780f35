/** The retraining loop over streams with known changes: {@code ./tideline backtest} on generated files. */
@NullMarked
package dev.tideline.benchmarks.loop;

import org.jspecify.annotations.NullMarked;
