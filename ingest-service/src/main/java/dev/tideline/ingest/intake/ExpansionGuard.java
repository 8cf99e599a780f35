package dev.tideline.ingest.intake;

import dev.tideline.ingest.stream.CountedStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** Ends a packed body that is a bomb: one that unpacks to far more than records do. */
final class ExpansionGuard extends CountedStream {

    /** JSON of one record over and over packs to a hundredth; deflate's own limit is a thousandth. */
    private static final long MOST = 300;
    private static final long FREE = 32L << 20;

    private final CountedStream packed;

    private ExpansionGuard(InputStream in, CountedStream packed) {
        super(in);
        this.packed = packed;
    }

    interface Unpacking {
        InputStream over(InputStream packed) throws IOException;
    }

    static InputStream over(InputStream body, Unpacking unpacking) throws IOException {
        CountedStream packed = new CountedStream(body);
        return new ExpansionGuard(unpacking.over(packed), packed);
    }

    /** @throws ZipException when much more came out than went in */
    @Override
    protected void counted(long count) throws ZipException {
        if (count > FREE && count / MOST > packed.count()) {
            throw new ZipException(count + " bytes out of " + packed.count() + ", which is more than " + MOST + " times as many");
        }
    }
}
