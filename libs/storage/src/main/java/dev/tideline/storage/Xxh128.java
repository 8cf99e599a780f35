package dev.tideline.storage;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** XXH3 with 128 bits, in the byte order in which xxhsum prints it. It finds accidents; whoever wants to can make two files that have the same. */
final class Xxh128 extends MessageDigest {

    private final HashStream128 stream = Hashing.xxh3_128().hashStream();

    Xxh128() {
        super("XXH3-128");
    }

    @Override
    protected int engineGetDigestLength() {
        return 2 * Long.BYTES;
    }

    @Override
    protected void engineUpdate(byte one) {
        stream.putByte(one);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) {
        stream.putBytes(bytes, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
        HashValue128 value = stream.get();
        stream.reset();
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits()).array();
    }

    @Override
    protected void engineReset() {
        stream.reset();
    }
}
