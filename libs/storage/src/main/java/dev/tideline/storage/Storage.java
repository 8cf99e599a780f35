package dev.tideline.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whole files under keys such as {@code datasets/trips/shards/a.tfrecord}. A file appears with all its bytes or not at all, and what
 * {@link #publish} or {@link #write} returned from survives a crash. Every call is bounded in time and may be made from any thread.
 *
 * <p>Where the storage does not answer, calls fail with {@link StorageUnavailableException}; then the outcome of a change is unknown,
 * and making it again is right.
 */
public interface Storage extends Closeable {

    /** Where this is, for people. */
    String location();

    /** Whether calls cross a network, and so may take seconds. */
    boolean remote();

    /** Returns when the storage answers; one short try. */
    void probe() throws IOException;

    /**
     * A path on this machine for a file that is to be published; its folder exists, the file does not.
     *
     * @param key tells apart what is written at the same time; need not be the key that it is published under
     */
    Path draft(String key) throws IOException;

    /**
     * Puts the bytes of a draft under a key; the draft is gone then. May be repeated with the same draft and key until it succeeds, and
     * after.
     *
     * @param checksum of the draft, as {@link Checksums} writes it; storages that can, check what arrived
     * @throws NoSuchFileException when there is neither draft nor file
     */
    void publish(Path draft, String key, String checksum) throws IOException;

    /**
     * SHA-256 of a published file in hexadecimal, where the storage knows it without reading the file.
     *
     * @throws NoSuchFileException when there is no such file; not all storages look
     */
    default Optional<String> sha256(String key) throws IOException {
        return Optional.empty();
    }

    /** Puts a small file under a key, in place of what was there. */
    void write(String key, byte[] content) throws IOException;

    /**
     * Reads a file from a byte on. Bytes that {@link InputStream#skip} passes over are not fetched, if they are many.
     *
     * @throws NoSuchFileException now or at the first read, when there is no such file
     */
    InputStream open(String key, long from) throws IOException;

    /**
     * Reads a part of a file. Nothing behind the part is fetched.
     *
     * @param bytes 0 or more; a file that ends before them makes a read fail with {@link java.io.EOFException}
     * @throws NoSuchFileException now or at the first read, when there is no such file
     */
    InputStream open(String key, long from, long bytes) throws IOException;

    /**
     * A whole, small file.
     *
     * @throws NoSuchFileException when there is no such file
     */
    default byte[] read(String key) throws IOException {
        try (InputStream in = open(key, 0)) {
            return in.readAllBytes();
        }
    }

    Optional<StoredFile> find(String key) throws IOException;

    /**
     * Shows every file below a folder at any depth, in no order. What comes or goes meanwhile may or may not be shown.
     *
     * @param folder ends with '/'
     */
    void list(String folder, Consumer<StoredFile> visitor) throws IOException;

    /** Makes a file look new to whoever sweeps, where that costs next to nothing; elsewhere nothing happens. */
    void touch(String key, Instant now) throws IOException;

    /** Removes a file; nothing happens when there is none. */
    void delete(String key) throws IOException;

    /**
     * Removes what was begun below a folder and never finished by a process that is gone: drafts, parts of files.
     *
     * @param folder ends with '/'
     * @param before what was touched later than this is left alone
     * @return how many
     */
    int removeUnfinished(String folder, Instant before) throws IOException;

    @Override
    void close();
}
