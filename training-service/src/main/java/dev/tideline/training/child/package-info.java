/**
 * The process of one training job: reads its order from a file, trains, exports, evaluates, and reports in JSON lines on standard
 * output. No Spring, no database, no Kafka in here.
 */
@NullMarked
package dev.tideline.training.child;

import org.jspecify.annotations.NullMarked;
