/** The {@code tideline} command: runs the whole platform on one machine and shows the loop closing. */
@NullMarked
package dev.tideline.platform;

import org.jspecify.annotations.NullMarked;
