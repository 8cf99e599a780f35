/** The running service and its surroundings for integration tests. */
@NullMarked
package dev.tideline.training.support;

import org.jspecify.annotations.NullMarked;
