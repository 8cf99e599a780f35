/** Follows a training job on the terminal. */
@NullMarked
package dev.tideline.platform.follow;

import org.jspecify.annotations.NullMarked;
