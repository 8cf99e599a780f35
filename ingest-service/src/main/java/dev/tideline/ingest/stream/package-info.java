/** Streams that end what takes too much. */
@NullMarked
package dev.tideline.ingest.stream;

import org.jspecify.annotations.NullMarked;
