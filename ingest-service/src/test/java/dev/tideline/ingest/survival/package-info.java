/** ingest-service as real processes between a real broker, a real database and a real disk, all of which are taken away from it. */
@NullMarked
package dev.tideline.ingest.survival;

import org.jspecify.annotations.NullMarked;
