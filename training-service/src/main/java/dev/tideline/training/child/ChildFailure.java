package dev.tideline.training.child;

/** Why a training process gave up. */
public enum ChildFailure {

    /** The data cannot teach such a model: one class, no values, nothing but constants. Trying again does not help. */
    UNTRAINABLE,
    /** Loss became NaN or infinite. */
    LOSS_NOT_FINITE,
    /** A shard is damaged, or a record lacks a required feature. */
    CORRUPT_RECORDS,
    /** A shard of the dataset version is not in the store. */
    MISSING_SHARD,
    /** No room for checkpoints or the exported model. */
    DISK_FULL,
    /** More memory was needed than the process may have. */
    OUT_OF_MEMORY,
    /** The definition asks for GPUs, and TensorFlow sees none. */
    NO_GPU,
    /** The exported model could not be loaded or asked. */
    BROKEN_EXPORT,
    /** Anything else; the job's log has the rest. */
    INTERNAL
}
