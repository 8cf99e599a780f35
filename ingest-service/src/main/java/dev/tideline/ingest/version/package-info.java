/** Seals dataset versions: an immutable choice of committed records with a split, statistics and a content hash. */
@NullMarked
package dev.tideline.ingest.version;

import org.jspecify.annotations.NullMarked;
