/** What a model version was trained on: its schema and the frozen training distributions, from the model store. */
@NullMarked
package dev.tideline.monitoring.baseline;

import org.jspecify.annotations.NullMarked;
