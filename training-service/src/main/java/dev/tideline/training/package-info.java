/** training-service: definitions of models, training jobs, and the registry of trained versions. */
@NullMarked
package dev.tideline.training;

import org.jspecify.annotations.NullMarked;
