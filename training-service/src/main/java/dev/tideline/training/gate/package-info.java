/** Decides whether a candidate replaces the champion. Pure. */
@NullMarked
package dev.tideline.training.gate;

import org.jspecify.annotations.NullMarked;
