/**
 * What is counted of the predictions of a model version: exact counts per feature on the bins of its baseline, moments for joint drift and
 * a histogram of confidence. Everything merges by addition, so that partitions, chunks and instances can be put together in any order.
 */
@NullMarked
package dev.tideline.monitoring.profile;

import org.jspecify.annotations.NullMarked;
