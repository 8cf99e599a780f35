package dev.tideline.training.model;

/** A feature of the dataset's schema and how it enters the network. */
public record Input(String feature, Transform transform) {}
