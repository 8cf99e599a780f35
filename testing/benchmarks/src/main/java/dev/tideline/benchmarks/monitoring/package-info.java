/** What watching predictions costs: nanoseconds and bytes per value, and a wide stream in a small heap. */
@NullMarked
package dev.tideline.benchmarks.monitoring;

import org.jspecify.annotations.NullMarked;
