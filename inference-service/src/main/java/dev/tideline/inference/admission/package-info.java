/** Refuses work early, while refusing is still cheap. */
@NullMarked
package dev.tideline.inference.admission;

import org.jspecify.annotations.NullMarked;
