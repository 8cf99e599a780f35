package dev.tideline.training.tensorflow;

import org.tensorflow.exceptions.TFInvalidArgumentException;

/** TensorFlow could not read or parse a record. */
public final class DamagedDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private DamagedDataException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }

    /** TensorFlow Java has no exception for DATA_LOSS, so the message has to tell. */
    static RuntimeException orSame(RuntimeException failure) {
        var message = String.valueOf(failure.getMessage());
        boolean damage = message.contains("corrupted record") || message.contains("truncated record")
            || failure instanceof TFInvalidArgumentException;
        return damage ? new DamagedDataException(failure) : failure;
    }
}
