/** The platform as its users run it: the launcher in a process of its own, and everything that it starts. */
@NullMarked
package dev.tideline.endtoend;

import org.jspecify.annotations.NullMarked;
