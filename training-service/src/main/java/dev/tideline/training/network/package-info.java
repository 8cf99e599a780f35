/** From a definition with frozen inputs to a network: the plan that the training and the inference graph share. */
@NullMarked
package dev.tideline.training.network;

import org.jspecify.annotations.NullMarked;
