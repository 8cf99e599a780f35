/** One page per model: where its loop stands, what the newest window says, how right it is. */
@NullMarked
package dev.tideline.monitoring.overview;

import org.jspecify.annotations.NullMarked;
