package dev.tideline.training.tensorflow;

/** GPUs were asked for, and TensorFlow sees none. */
public final class NoGpuException extends RuntimeException {

    NoGpuException() {
        super("devices: gpu, and TensorFlow sees none (expected: a GPU with its driver, and a build with -Pgpu; or devices auto)");
    }
}
