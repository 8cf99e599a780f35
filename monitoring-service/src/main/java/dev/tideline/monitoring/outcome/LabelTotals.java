package dev.tideline.monitoring.outcome;

/**
 * Labels of a model version so far.
 *
 * @param judged   of these, with right or wrong
 * @param right    of these, right
 * @param archived rows that went back to the dataset
 */
public record LabelTotals(long labels, long judged, long right, long archived) {}
