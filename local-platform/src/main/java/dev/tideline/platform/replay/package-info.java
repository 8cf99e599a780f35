/** Sends logged predictions to a service again: as a load test, and to compare another version's answers with those in the log. */
@NullMarked
package dev.tideline.platform.replay;

import org.jspecify.annotations.NullMarked;
