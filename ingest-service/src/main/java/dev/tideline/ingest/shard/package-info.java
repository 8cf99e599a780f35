/** Turns a dataset's topic into TFRecord files: writes, rolls and commits each file together with its Kafka offsets. */
@NullMarked
package dev.tideline.ingest.shard;

import org.jspecify.annotations.NullMarked;
