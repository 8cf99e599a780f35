package dev.tideline.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Checksums of files as text: {@code xxh128:} and XXH3-128 in hexadecimal, or SHA-256 in hexadecimal alone. The first takes a sixth of the
 * second's time and finds every accident; the second is for whoever does not trust who wrote the file.
 */
public final class Checksums {

    private static final String XXH128 = "xxh128:";

    private Checksums() {}

    /** For {@link #text} once it has seen all bytes of a file. */
    public static MessageDigest fast() {
        return new Xxh128();
    }

    /** What a digest of {@link #fast} or a SHA-256 has seen; it starts anew then. */
    public static String text(MessageDigest digest) {
        return (digest instanceof Xxh128 ? XXH128 : "") + HexFormat.of().formatHex(digest.digest());
    }

    static boolean isSha256(String checksum) {
        return !checksum.startsWith(XXH128);
    }

    /**
     * Reads to the end and returns the SHA-256 in hexadecimal.
     *
     * @param name     of the bytes, in messages
     * @param checksum that they must have, of either kind
     * @throws FileSystemException when they have another
     */
    public static String sha256(InputStream in, String name, String checksum) throws IOException {
        MessageDigest known = isSha256(checksum) ? Digests.sha256() : fast();
        MessageDigest sha256 = Digests.sha256();
        in.transferTo(new DigestOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha256), known));
        String found = text(known);
        if (!found.equals(checksum)) {
            throw new FileSystemException(name, null, "checksum " + found + " (expected: " + checksum + ")");
        }
        return text(sha256);
    }
}
