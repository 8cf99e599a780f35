/** Raw features on their way into a network: which columns are read, and transformations frozen from dataset statistics. */
@NullMarked
package dev.tideline.training.input;

import org.jspecify.annotations.NullMarked;
