package dev.tideline.tfrecord;

/** Bytes that are no {@code tf.train.Example}. */
public final class MalformedExampleException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int position;

    MalformedExampleException(int position, String what) {
        super("tf.train.Example at byte " + position + ": " + what);
        this.position = position;
    }

    /** Index of the byte that could not be understood. */
    public int position() {
        return position;
    }
}
