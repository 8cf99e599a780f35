package dev.tideline.inference.rest;

import dev.tideline.inference.admission.RequestMemory;
import dev.tideline.inference.status.StatusException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a body whole, inflated if it says so, and no further than the limit; memory is asked for as it comes. */
final class RequestBody {

    /** Bodies are read in one piece up to this length; a longer one gets memory only as it comes, whatever its header says. */
    private static final int TRUSTED = 1 << 20;
    private static final int LEAST_STEP = 16 << 10;

    private final int limit;

    RequestBody(long limit) {
        this.limit = (int) Math.min(limit, Integer.MAX_VALUE - 16);
    }

    /**
     * @param memory grows with the body
     * @throws StatusException INVALID_ARGUMENT, also when the body breaks off or is not in the form that its head announces;
     *     RESOURCE_EXHAUSTED when other bodies hold too much
     */
    byte[] read(HttpServletRequest request, RequestMemory.Hold memory) {
        try {
            return whole(request, memory);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    static StatusException broken(Throwable failure) {
        return StatusException.invalid("request body: " + failure.getMessage() + " (expected: whole, as its head announces)");
    }

    private byte[] whole(HttpServletRequest request, RequestMemory.Hold memory) throws IOException {
        String encoding = request.getHeader("Content-Encoding");
        boolean gzip = encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip");
        if (!gzip && request.getContentLengthLong() > limit) {
            throw tooLong(Long.toString(request.getContentLengthLong()));
        }
        byte[] body = gzip ? inflate(request.getInputStream(), memory) : plain(request, memory);
        if (body.length > limit) {
            throw tooLong("more");
        }
        return body;
    }

    private byte[] plain(HttpServletRequest request, RequestMemory.Hold memory) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced < 0 || announced > TRUSTED) {
            return growing(request.getInputStream(), memory);
        }
        memory.grow(announced);
        byte[] body = new byte[(int) announced];
        int read = request.getInputStream().readNBytes(body, 0, body.length);
        return read == body.length ? body : Arrays.copyOf(body, read);
    }

    private byte[] inflate(InputStream stream, RequestMemory.Hold memory) throws IOException {
        try (GZIPInputStream inflated = new GZIPInputStream(stream)) {
            return growing(inflated, memory);
        } catch (ZipException | EOFException e) {
            throw StatusException.invalid("request body: " + e.getMessage() + " (expected: gzip, as Content-Encoding says)");
        }
    }

    /** At most one byte more than the limit. */
    private byte[] growing(InputStream stream, RequestMemory.Hold memory) throws IOException {
        List<byte[]> parts = new ArrayList<>();
        int length = 0;
        for (int step = LEAST_STEP; step > 0; step = Math.min(Math.clamp(length, LEAST_STEP, TRUSTED), limit + 1 - length)) {
            memory.grow(step);
            byte[] part = stream.readNBytes(step);
            parts.add(part);
            length += part.length;
            if (part.length < step) {
                break;
            }
        }
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        ByteBuffer whole = ByteBuffer.allocate(length);
        parts.forEach(whole::put);
        return whole.array();
    }

    private StatusException tooLong(String bytes) {
        return StatusException.invalid("request body: " + bytes + " bytes (expected: at most " + limit + ")");
    }
}
