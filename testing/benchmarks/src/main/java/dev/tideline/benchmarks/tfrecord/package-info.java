/** The record codec and the TFRecord writer against the same work done with protobuf-java. */
@NullMarked
package dev.tideline.benchmarks.tfrecord;

import org.jspecify.annotations.NullMarked;
