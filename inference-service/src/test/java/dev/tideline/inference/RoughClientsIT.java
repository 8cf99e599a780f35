package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** Connections of clients that no library makes: the next client is answered. */
@ServiceTest
class RoughClientsIT extends GrpcPlatform {

    private static final int MANY = 300;
    private static final byte[] PREFACE = ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_HEADERS = 4;

    private final int port;
    private final int grpcPort;
    private final List<Socket> open = new ArrayList<>();

    RoughClientsIT(@Value("${local.server.port}") int port, @Autowired GrpcServerLifecycle server) {
        super(port, server.getPort());
        this.port = port;
        this.grpcPort = server.getPort();
    }

    @BeforeEach
    void serve() {
        serveClassic();
    }

    /** While the rough ones are still there. */
    @AfterEach
    void answersStill() throws IOException {
        try {
            assertThat(post("/v1/models/wired:predict", "{\"instances\": [2]}", Map.of()).body()).contains("3.0");
            assertThat(predictions.predict(predict(2).build()).getOutputsOrThrow("y").getFloatVal(0)).isEqualTo(3);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private Socket connect(int to) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), to);
        socket.setSoTimeout(20_000);
        open.add(socket);
        return socket;
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length).put((byte) 0).putShort((short) payload.length).put((byte) type).put((byte) flags)
                .putInt(stream).put(payload).array();
    }

    /** Literals without an index, as HPACK allows. */
    private static byte[] headers() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String header : List.of(":method=POST", ":scheme=http", ":path=/tensorflow.serving.PredictionService/Predict", ":authority=h",
                "content-type=application/grpc", "te=trailers")) {
            String[] parts = header.split("=");
            block.write(0);
            for (String part : parts) {
                block.write(part.length());
                block.writeBytes(ascii(part));
            }
        }
        return block.toByteArray();
    }

    @Test
    void callsThatAreResetAsSoonAsTheyBegin() throws IOException {
        OutputStream out = connect(grpcPort).getOutputStream();
        out.write(PREFACE);
        out.write(frame(SETTINGS, 0, 0, new byte[0]));
        byte[] headers = headers();
        byte[] cancel = {0, 0, 0, 8};
        for (int i = 0; i < 10 * MANY; i++) {
            out.write(frame(HEADERS, END_HEADERS, 2 * i + 1, headers));
            out.write(frame(RST_STREAM, 0, 2 * i + 1, cancel));
        }
        out.flush();
    }

    @Test
    void connectionsThatSayNothing() throws IOException {
        for (int i = 0; i < MANY; i++) {
            connect(port);
            connect(grpcPort).getOutputStream().write(PREFACE);
        }
    }

    @Test
    void requestsThatNeverEnd() throws IOException {
        for (int i = 0; i < MANY; i++) {
            connect(port).getOutputStream().write(ascii(i % 2 == 0 ? "POST /v1/mod"
                    : "POST /v1/models/wired:predict HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n{"));
        }
    }

    @Test
    void chunkThatIsNone() throws IOException {
        Socket client = connect(port);
        client.getOutputStream().write(ascii("POST /v1/models/wired:predict HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"));

        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .startsWith("HTTP/1.1 400").contains("application/json").contains("\"error\": \"request body: ").doesNotContain("problem");
    }

    @Test
    void moreHeadersThanAnybodyNeeds() throws IOException {
        Socket client = connect(port);
        client.getOutputStream().write(ascii("POST /v1/models/wired:predict HTTP/1.1\r\nHost: h\r\n" + "X: y\r\n".repeat(200) + "Content-Length: 0\r\n\r\n"));

        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .startsWith("HTTP/1.1 400").contains("application/json").contains("\"error\"");
    }
}
