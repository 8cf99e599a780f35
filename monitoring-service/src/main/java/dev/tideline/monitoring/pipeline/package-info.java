/** Puts the stream processing of the features together, keeps it running, and hands its signals to them. */
@NullMarked
package dev.tideline.monitoring.pipeline;

import org.jspecify.annotations.NullMarked;
