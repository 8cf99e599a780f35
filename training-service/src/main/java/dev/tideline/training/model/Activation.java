package dev.tideline.training.model;

/** Activation of a dense layer. */
public enum Activation { LINEAR, RELU, TANH, SIGMOID, ELU, SELU, SOFTPLUS }
