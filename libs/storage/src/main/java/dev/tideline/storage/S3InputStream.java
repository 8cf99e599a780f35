package dev.tideline.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An object from a byte on. Nothing is asked before the first read, so skipping before it is free; a connection that breaks is made
 * again from where it broke.
 */
final class S3InputStream extends BlockStream {

    /** Fewer bytes than this are read over: a new request would take longer. */
    private static final long WORTH_A_REQUEST = 256 << 10;
    private static final int TRIES = 3;
    private static final int PAST_THE_END = 416;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final String address;
    /** Offset behind the last byte. */
    private final long end;
    private long position;
    private boolean closed;
    private @Nullable InputStream response;
    private Runnable cut = () -> { };

    /** @param bytes how many, or {@link #TO_THE_END} */
    S3InputStream(S3Client client, String bucket, String key, String address, long from, long bytes) {
        super(address, bytes);
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.address = address;
        this.position = from;
        this.end = bytes == TO_THE_END ? TO_THE_END : from + bytes;
    }

    @Override
    int block(byte[] target, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException(address + ": closed (expected: open)");
        }
        for (int attempt = 1; ; attempt++) {
            try {
                int read = response().read(target, offset, length);
                position += Math.max(read, 0);
                return read;
            } catch (StorageUnavailableException | NoSuchFileException told) {
                throw told;
            } catch (IOException broken) {
                giveUp();
                if (attempt == TRIES) {
                    throw new StorageUnavailableException(address + ": broke off at byte " + position + ": " + broken.getMessage()
                            + " (expected: all bytes)", true, broken);
                }
            }
        }
    }

    @Override
    long pass(long bytes) throws IOException {
        if (response != null && bytes < WORTH_A_REQUEST) {
            try {
                long passed = response.skip(bytes);
                position += passed;
                return passed;
            } catch (IOException broken) {
                // The next read asks from behind these bytes.
            }
        }
        giveUp();
        position += bytes;
        return bytes;
    }

    @Override
    public void close() {
        closed = true;
        giveUp();
    }

    private InputStream response() throws IOException {
        InputStream current = response;
        if (current == null) {
            current = ask();
            response = current;
        }
        return current;
    }

    private InputStream ask() throws IOException {
        long from = position;
        return S3Calls.call(address, () -> {
            try {
                ResponseInputStream<GetObjectResponse> answer = client.getObject(request -> {
                    request.bucket(bucket).key(key);
                    if (from > 0 || end != TO_THE_END) {
                        request.range("bytes=" + from + "-" + (end == TO_THE_END ? "" : end - 1));
                    }
                });
                cut = answer::abort;
                return answer;
            } catch (S3Exception refused) {
                if (refused.statusCode() == PAST_THE_END) {
                    return InputStream.nullInputStream();
                }
                throw refused;
            }
        });
    }

    /** The rest of the object is not wanted, so the connection is cut rather than emptied. */
    private void giveUp() {
        if (response != null) {
            cut.run();
            response = null;
        }
    }
}
