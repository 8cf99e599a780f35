/**
 * Pure drift statistics: compares the profile of a window with the frozen baseline of a model version and says, with every figure
 * used, whether a difference is real (homogeneity test, corrected for many features) and whether it matters (debiased PSI).
 */
@NullMarked
package dev.tideline.monitoring.drift;

import org.jspecify.annotations.NullMarked;
