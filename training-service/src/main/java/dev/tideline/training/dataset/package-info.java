/** What training needs from ingest-service: the schema of a dataset, and sealed versions of it. */
@NullMarked
package dev.tideline.training.dataset;

import org.jspecify.annotations.NullMarked;
