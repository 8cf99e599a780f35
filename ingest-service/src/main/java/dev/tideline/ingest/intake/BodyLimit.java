package dev.tideline.ingest.intake;

import dev.tideline.ingest.stream.CountedStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends a body that is longer than bodies may be; of a packed one, what comes out counts. */
final class BodyLimit extends CountedStream {

    /** The body is too long. */
    static final class Exceeded extends IOException {

        private static final long serialVersionUID = 1;

        private Exceeded(long most) {
            super("more than " + most + " bytes");
        }
    }

    private final long most;

    BodyLimit(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    protected void counted(long count) throws Exceeded {
        if (count > most) {
            throw new Exceeded(most);
        }
    }
}
