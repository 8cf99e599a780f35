/** Declared datasets: their schemas, their split rule and their topic. Other packages look them up in the {@code Catalogue}. */
@NullMarked
package dev.tideline.ingest.dataset;

import org.jspecify.annotations.NullMarked;
