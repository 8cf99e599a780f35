/** State of the stream processing that changes with every record and is written when the task commits. */
@NullMarked
package dev.tideline.monitoring.store;

import org.jspecify.annotations.NullMarked;
