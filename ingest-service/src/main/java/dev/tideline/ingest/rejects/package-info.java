/** Records from the topic that broke their schema go on to the reject topic with the reason. */
@NullMarked
package dev.tideline.ingest.rejects;

import org.jspecify.annotations.NullMarked;
