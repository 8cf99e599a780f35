/** Which version answered for a model at any time, and why: an append-only history of decisions and of what instances did. */
@NullMarked
package dev.tideline.monitoring.deployment;

import org.jspecify.annotations.NullMarked;
