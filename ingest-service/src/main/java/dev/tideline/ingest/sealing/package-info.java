/** Seals versions of a dataset without being asked: by count and by schedule. */
@NullMarked
package dev.tideline.ingest.sealing;

import org.jspecify.annotations.NullMarked;
