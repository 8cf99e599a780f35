/**
 * What a record is and what its values look like: schema, validation, conversion between JSON and {@code tf.train.Example},
 * mergeable statistics, frozen baselines and the profiles that are compared with them. The same code runs at ingest, training,
 * inference and monitoring, so that they cannot disagree.
 */
@NullMarked
package dev.tideline.features;

import org.jspecify.annotations.NullMarked;
