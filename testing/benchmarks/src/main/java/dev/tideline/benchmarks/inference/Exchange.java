package dev.tideline.benchmarks.inference;

import java.io.IOException;

/** One connection of a client. Not thread-safe. */
interface Exchange extends AutoCloseable {

    /**
     * Sends the request and waits for the whole answer.
     *
     * @return whether it was a good one
     */
    boolean exchange() throws IOException;

    @Override
    void close() throws IOException;

    /** Opens connections. */
    interface Opener {
        Exchange open() throws IOException;
    }
}
