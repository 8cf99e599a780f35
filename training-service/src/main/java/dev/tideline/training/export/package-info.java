/** From a checkpoint to something that can be served: formats of published models. */
@NullMarked
package dev.tideline.training.export;

import org.jspecify.annotations.NullMarked;
