/** Draws the statistics of a dataset version as one page of HTML. */
@NullMarked
package dev.tideline.ingest.report;

import org.jspecify.annotations.NullMarked;
