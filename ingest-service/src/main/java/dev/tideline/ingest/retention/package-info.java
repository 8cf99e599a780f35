/** Gives up old versions and old records where a dataset's policy says so, and never what a kept version consists of. */
@NullMarked
package dev.tideline.ingest.retention;

import org.jspecify.annotations.NullMarked;
