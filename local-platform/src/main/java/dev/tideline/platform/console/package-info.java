/** What the person at the terminal sees: lines, and progress bars where there is a terminal. */
@NullMarked
package dev.tideline.platform.console;

import org.jspecify.annotations.NullMarked;
