package dev.tideline.ingest.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** Ends a packed body that is a bomb: one that unpacks to far more than records do. */
final class ExpansionGuard extends FilterInputStream {

    /** JSON of one record over and over packs to a hundredth; deflate's own limit is a thousandth. */
    private static final long MOST = 300;
    private static final long FREE = 32L << 20;

    private final Counter packed;
    private long unpacked;

    private ExpansionGuard(InputStream in, Counter packed) {
        super(in);
        this.packed = packed;
    }

    interface Unpacking {
        InputStream over(InputStream packed) throws IOException;
    }

    static InputStream over(InputStream body, Unpacking unpacking) throws IOException {
        Counter packed = new Counter(body);
        return new ExpansionGuard(unpacking.over(packed), packed);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws ZipException when much more came out than went in */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int got = super.read(target, offset, length);
        unpacked += Math.max(0, got);
        if (unpacked > FREE && unpacked / MOST > packed.count) {
            throw new ZipException(unpacked + " bytes out of " + packed.count + ", which is more than " + MOST + " times as many");
        }
        return got;
    }

    private static final class Counter extends FilterInputStream {

        private long count;

        Counter(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int got = super.read();
            count += got < 0 ? 0 : 1;
            return got;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int got = super.read(target, offset, length);
            count += Math.max(0, got);
            return got;
        }
    }
}
