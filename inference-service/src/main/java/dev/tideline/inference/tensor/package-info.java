/** Tensors on the Java heap, signatures and shapes: what the doors, the batcher and the engine exchange. Knows no engine. */
@NullMarked
package dev.tideline.inference.tensor;

import org.jspecify.annotations.NullMarked;
