package dev.tideline.training.dataset;

/**
 * A sealed dataset version.
 *
 * @param manifest path of its manifest relative to the storage root
 */
public record SealedData(String dataset, long version, long records, String manifest) {}
