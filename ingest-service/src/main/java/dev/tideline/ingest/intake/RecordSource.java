package dev.tideline.ingest.intake;

import dev.tideline.contracts.Problem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The records of a request, one at a time, so that a request of any length needs the memory of one record. */
interface RecordSource {

    /** The next record; null at the end. */
    @Nullable Item next() throws IOException;

    /** A record, or what is in its place. */
    sealed interface Item {

        /** Number of the record in the request, from 1. */
        long line();
    }

    record Bytes(long line, byte[] json) implements Item {}

    record Node(long line, JsonNode json) implements Item {}

    /** Bytes of a {@code tf.train.Example}. */
    record Encoded(long line, byte[] example) implements Item {}

    record Broken(long line, Problem problem) implements Item {}
}
