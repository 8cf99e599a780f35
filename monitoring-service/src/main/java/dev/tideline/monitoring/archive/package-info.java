/** Sends labelled predictions back to the dataset of their model, so that retraining needs no other pipeline. */
@NullMarked
package dev.tideline.monitoring.archive;

import org.jspecify.annotations.NullMarked;
