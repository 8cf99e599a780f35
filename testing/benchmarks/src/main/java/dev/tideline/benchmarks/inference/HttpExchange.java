package dev.tideline.benchmarks.inference;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** HTTP/1.1 on a kept connection, with a request that was written once: the client shares the machine and must cost little. */
final class HttpExchange implements Exchange {

    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final byte[] request;
    private byte[] buffer = new byte[1 << 16];

    private HttpExchange(Socket socket, byte[] request) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = socket.getInputStream();
        this.request = request;
    }

    /** Posts {@code body} again and again. */
    static HttpExchange post(int port, String path, byte[] body) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(head.getBytes(StandardCharsets.US_ASCII));
        request.write(body);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        return new HttpExchange(socket, request.toByteArray());
    }

    @Override
    public boolean exchange() throws IOException {
        out.write(request);
        int filled = 0;
        int body = -1;
        while (body < 0) {
            filled += read(filled);
            body = endOfHead(filled);
        }
        int end = body + contentLength(body);
        while (filled < end) {
            filled += read(filled);
        }
        return buffer[9] == '2';
    }

    private int read(int from) throws IOException {
        if (from == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int n = in.read(buffer, from, buffer.length - from);
        if (n < 0) {
            throw new EOFException("the server closed the connection");
        }
        return n;
    }

    private int endOfHead(int filled) {
        for (int i = 0; i + 3 < filled; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private int contentLength(int head) throws IOException {
        for (int i = 0; i + LENGTH.length < head; i++) {
            if (matches(i)) {
                int at = i + LENGTH.length;
                int length = 0;
                for (; buffer[at] != '\r'; at++) {
                    length = buffer[at] == ' ' ? length : length * 10 + buffer[at] - '0';
                }
                return length;
            }
        }
        throw new IOException("answer: " + new String(buffer, 0, head, StandardCharsets.US_ASCII) + " (expected: a Content-Length)");
    }

    private boolean matches(int from) {
        for (int i = 0; i < LENGTH.length; i++) {
            if ((buffer[from + i] | 0x20) != (LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
