/** What training is made of, each part against the shortest way to do the same; the parts themselves lie beside the graphs they measure. */
@NullMarked
package dev.tideline.benchmarks.training;

import org.jspecify.annotations.NullMarked;
