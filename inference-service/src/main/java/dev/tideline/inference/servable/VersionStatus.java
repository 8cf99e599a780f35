package dev.tideline.inference.servable;

/** One line of a model's status. */
public record VersionStatus(long version, VersionState state) {}
