package dev.tideline.training.tensorflow;

/** Something that can be done again and again. */
public interface Trial extends AutoCloseable {

    /** Does it once; the result counts in the units of the rates. */
    int once();

    /** Units of one pass over the data: what comes before is a warm-up. */
    default long pass() {
        return 1;
    }

    /** Units per second, measured for at least so many seconds. */
    default double rate(double seconds) {
        long done = 0;
        long begun = System.nanoTime();
        long end = begun + (long) (seconds * 1e9);
        long now;
        do {
            done += once();
            now = System.nanoTime();
        } while (now < end);
        return done / ((now - begun) / 1e9);
    }

    @Override
    void close();
}
