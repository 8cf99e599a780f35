/** Joins concurrent requests for one signature of one version into shared runs, on a few bounded threads. */
@NullMarked
package dev.tideline.inference.batching;

import org.jspecify.annotations.NullMarked;
