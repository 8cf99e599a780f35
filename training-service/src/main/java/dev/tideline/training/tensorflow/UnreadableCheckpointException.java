package dev.tideline.training.tensorflow;

import java.nio.file.Path;

/** A checkpoint is incomplete, damaged, or was written for another network. */
public final class UnreadableCheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableCheckpointException(Path prefix, RuntimeException cause) {
        super("checkpoint " + prefix.getParent().getFileName() + ": "
            + String.valueOf(cause.getMessage()).lines().findFirst().orElse("") + " (expected: one that can be read)", cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
