/** Which slices of its model's traffic a prediction belongs to. */
@NullMarked
package dev.tideline.monitoring.slice;

import org.jspecify.annotations.NullMarked;
