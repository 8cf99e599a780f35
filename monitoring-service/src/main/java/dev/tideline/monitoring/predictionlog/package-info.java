/** Reads the prediction log: decodes and checks each message, and puts aside what nobody can read. */
@NullMarked
package dev.tideline.monitoring.predictionlog;

import org.jspecify.annotations.NullMarked;
