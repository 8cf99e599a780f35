package dev.tideline.training.model;

/** Number format of a network's heavy operations; variables, normalisation, heads and losses are float32 in any case. */
public enum Precision { FLOAT32, BFLOAT16 }
