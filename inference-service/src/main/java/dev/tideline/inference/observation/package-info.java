/** What is measured and traced of each request, whichever door it takes: in full within a trace, by plain timers otherwise. */
@NullMarked
package dev.tideline.inference.observation;

import org.jspecify.annotations.NullMarked;
