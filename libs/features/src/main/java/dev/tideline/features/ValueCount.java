package dev.tideline.features;

/** A value and how often it came. */
public record ValueCount(String value, long count) {}
