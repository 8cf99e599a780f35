/** Stops a service when the process that started it is gone. */
@NullMarked
package dev.tideline.starter.parent;

import org.jspecify.annotations.NullMarked;
