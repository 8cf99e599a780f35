/** Records in over HTTP: each is checked against its schema, published to the dataset's topic and answered for once the
 * broker has acknowledged it. */
@NullMarked
package dev.tideline.ingest.intake;

import org.jspecify.annotations.NullMarked;
