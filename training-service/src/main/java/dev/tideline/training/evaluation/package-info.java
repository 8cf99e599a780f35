/** Candidate and champion on the same examples: metrics, and the distribution of answers. */
@NullMarked
package dev.tideline.training.evaluation;

import org.jspecify.annotations.NullMarked;
