package dev.tideline.training.model;

/** Where replicas run. */
public enum DeviceChoice {

    /** On all GPUs of the machine, one replica each; on a machine without one, on the CPU. */
    AUTO,
    /** On the CPU, as many as {@link TrainingPlan#replicas} says. */
    CPU,
    /** On all GPUs; a machine without one refuses the job. */
    GPU
}
