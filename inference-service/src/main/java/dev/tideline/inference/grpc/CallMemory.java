package dev.tideline.inference.grpc;

import dev.tideline.inference.admission.RequestMemory;
import io.grpc.KnownLength;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** What the message of one call holds, until the call has ended and nobody reads the message any more. */
final class CallMemory {

    private final RequestMemory.Hold hold;
    private final AtomicInteger users = new AtomicInteger(1);

    CallMemory(RequestMemory.Hold hold) {
        this.hold = hold;
    }

    /**
     * The message as it is where its length is known, and counted then; a compressed one counts itself while it is inflated.
     *
     * @throws dev.tideline.inference.status.StatusException RESOURCE_EXHAUSTED
     */
    @SuppressWarnings("unchecked")
    <Q> Q counted(Q message) {
        if (!(message instanceof InputStream stream)) {
            return message;
        }
        if (!(message instanceof KnownLength)) {
            return (Q) new Inflated(stream, hold);
        }
        try {
            hold.grow(stream.available());
            return message;
        } catch (IOException e) {
            throw new IllegalStateException("message: of no length", e);
        }
    }

    /** Another one reads. */
    void begin() {
        users.incrementAndGet();
    }

    void end() {
        if (users.decrementAndGet() == 0) {
            hold.close();
        }
    }

    private static final class Inflated extends FilterInputStream {

        private static final int STEP = 64 << 10;

        private final RequestMemory.Hold hold;
        private long allowed;

        Inflated(InputStream in, RequestMemory.Hold hold) {
            super(in);
            this.hold = hold;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int read = in.read(to, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            allowed -= read;
            if (allowed < 0) {
                long more = Math.max(STEP, -allowed);
                hold.grow(more);
                allowed += more;
            }
        }
    }
}
