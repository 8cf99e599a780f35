package dev.tideline.inference.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.admission.RequestMemories;
import dev.tideline.inference.admission.RequestMemory;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestBodyTest {

    private static final int LIMIT = 1000;

    private final RequestBody bodies = new RequestBody(LIMIT);
    private final RequestMemory memory = RequestMemories.of(1 << 20);

    private static MockHttpServletRequest request(byte[] body) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setContent(body);
        return request;
    }

    private static MockHttpServletRequest zipped(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        MockHttpServletRequest request = request(bytes.toByteArray());
        request.addHeader("Content-Encoding", "x-GZip");
        return request;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, LIMIT})
    void bodiesUpToTheLimitAreReadWhole(int length) throws IOException {
        assertThat(bodies.read(request(new byte[length]), memory.hold())).hasSize(length);
        assertThat(bodies.read(zipped(new byte[length]), memory.hold())).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 100 * LIMIT})
    void longerOnesAreRefusedBeforeAndAfterInflating(int length) throws IOException {
        assertThatThrownBy(() -> bodies.read(request(new byte[length]), memory.hold())).isInstanceOf(StatusException.class)
                .hasMessage("request body: " + length + " bytes (expected: at most 1000)");
        MockHttpServletRequest zipped = zipped(new byte[length]);
        assertThatThrownBy(() -> bodies.read(zipped, memory.hold())).isInstanceOf(StatusException.class).hasMessageContaining("expected: at most 1000");
    }

    @Test
    void bodiesInWorkAreBoundedTogetherHoweverSmallTheyCame() throws IOException {
        RequestBody large = new RequestBody(8 << 20);
        byte[] bomb = new byte[4 << 20];
        try (RequestMemory.Hold first = memory.hold(); RequestMemory.Hold second = memory.hold(); RequestMemory.Hold small = memory.hold()) {
            assertThat(large.read(zipped(bomb), first)).as("one alone").hasSize(bomb.length);

            MockHttpServletRequest another = zipped(bomb);
            assertThatThrownBy(() -> large.read(another, second)).isInstanceOf(StatusException.class)
                    .hasMessageContaining("try again later").extracting("code").isEqualTo(StatusCode.RESOURCE_EXHAUSTED);
            MockHttpServletRequest plain = request(bomb);
            assertThatThrownBy(() -> large.read(plain, second)).isInstanceOf(StatusException.class);
            assertThat(large.read(request(new byte[100]), small)).as("a small one beside it").hasSize(100);
        }

        try (RequestMemory.Hold later = memory.hold()) {
            assertThat(large.read(zipped(bomb), later)).hasSize(bomb.length);
        }
    }

    @Test
    void bodyThatBreaksOffIsTheCallersFault() {
        MockHttpServletRequest broken = new MockHttpServletRequest() {
            @Override
            public jakarta.servlet.ServletInputStream getInputStream() {
                return new org.springframework.mock.web.DelegatingServletInputStream(new java.io.InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("Invalid chunk header");
                    }
                });
            }
        };

        assertThatThrownBy(() -> bodies.read(broken, memory.hold())).isInstanceOf(StatusException.class)
                .hasMessage("request body: Invalid chunk header (expected: whole, as its head announces)");
    }

    @Test
    void whatIsNotZippedThoughItSaysSoIsRefused() throws IOException {
        MockHttpServletRequest cut = zipped(new byte[500]);
        byte[] part = java.util.Arrays.copyOf(cut.getContentAsByteArray(), 12);
        cut.setContent(part);

        assertThatThrownBy(() -> bodies.read(cut, memory.hold())).isInstanceOf(StatusException.class).hasMessageContaining("expected: gzip");
    }
}
