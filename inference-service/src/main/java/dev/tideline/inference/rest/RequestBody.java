package dev.tideline.inference.rest;

import dev.tideline.inference.status.StatusException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a body whole, inflated if it says so, and no further than the limit. */
final class RequestBody {

    /** Bodies are read in one piece up to this length; a longer one gets memory only as it comes, whatever its header says. */
    private static final int TRUSTED = 1 << 20;

    private final int limit;

    RequestBody(long limit) {
        this.limit = (int) Math.min(limit, Integer.MAX_VALUE - 16);
    }

    /** @throws StatusException INVALID_ARGUMENT, also when the body breaks off or is not in the form that its head announces */
    byte[] read(HttpServletRequest request) {
        try {
            return whole(request);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    static StatusException broken(Throwable failure) {
        return StatusException.invalid("request body: " + failure.getMessage() + " (expected: whole, as its head announces)");
    }

    private byte[] whole(HttpServletRequest request) throws IOException {
        String encoding = request.getHeader("Content-Encoding");
        boolean gzip = encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip");
        if (!gzip && request.getContentLengthLong() > limit) {
            throw tooLong(Long.toString(request.getContentLengthLong()));
        }
        byte[] body = gzip ? inflate(request.getInputStream()) : plain(request);
        if (body.length > limit) {
            throw tooLong("more");
        }
        return body;
    }

    private byte[] plain(HttpServletRequest request) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced < 0 || announced > TRUSTED) {
            return request.getInputStream().readNBytes(limit + 1);
        }
        byte[] body = new byte[(int) announced];
        int read = request.getInputStream().readNBytes(body, 0, body.length);
        return read == body.length ? body : Arrays.copyOf(body, read);
    }

    private byte[] inflate(InputStream stream) throws IOException {
        try (GZIPInputStream inflated = new GZIPInputStream(stream)) {
            return inflated.readNBytes(limit + 1);
        } catch (ZipException | EOFException e) {
            throw StatusException.invalid("request body: " + e.getMessage() + " (expected: gzip, as Content-Encoding says)");
        }
    }

    private StatusException tooLong(String bytes) {
        return StatusException.invalid("request body: " + bytes + " bytes (expected: at most " + limit + ")");
    }
}
