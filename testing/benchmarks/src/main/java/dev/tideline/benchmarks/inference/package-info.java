/** inference-service under load, against the same model without a server and against empty servers. */
@NullMarked
package dev.tideline.benchmarks.inference;

import org.jspecify.annotations.NullMarked;
