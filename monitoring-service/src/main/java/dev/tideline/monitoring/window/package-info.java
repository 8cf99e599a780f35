/**
 * Windows of predictions per model version: exact counts on the bins of the training data, gathered per partition in small chunks
 * and merged by addition. A window closes at a number of rows or after a time, also when nothing more arrives.
 */
@NullMarked
package dev.tideline.monitoring.window;

import org.jspecify.annotations.NullMarked;
