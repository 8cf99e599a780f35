/** Follows which models are live, so that the data they were trained on is kept. */
@NullMarked
package dev.tideline.ingest.usage;

import org.jspecify.annotations.NullMarked;
