package dev.tideline.inference.batching;

/** What goes first when not everything can be answered in time; the most important first. */
public enum Priority { CRITICAL, DEFAULT, SHEDDABLE }
