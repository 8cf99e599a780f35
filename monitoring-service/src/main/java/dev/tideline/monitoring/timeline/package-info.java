/** The history of a model, append-only: what happened to it, when and why. */
@NullMarked
package dev.tideline.monitoring.timeline;

import org.jspecify.annotations.NullMarked;
