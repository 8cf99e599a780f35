package dev.tideline.inference.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Requests in a trace and others end in the same metric; only the first are observed. */
class RequestFilterTest {

    private static final String NAME = "http.server.requests";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ObservationRegistry observations = ObservationRegistry.create();
    private boolean observed;

    RequestFilterTest() {
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
    }

    private void send(boolean exporting, String method, String path, int status, String... headers) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        for (int i = 0; i < headers.length; i += 2) {
            request.addHeader(headers[i], headers[i + 1]);
        }
        new RequestFilter(new TraceRule(exporting), registry, observations).doFilter(request, new MockHttpServletResponse(), (q, answer) -> {
            observed = observations.getCurrentObservation() != null;
            ((MockHttpServletResponse) answer).setStatus(status);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "false, /v1/models/m:predict, x, false", "false, /V1/models/m, x, false", "true, /v1/models/m:predict, x, true",
        "false, /v1/models/m:predict, traceparent, true", "false, /v1/models/m:predict, B3, true",
        "false, /v1/models/m:predict, x-b3-traceid, true", "false, /actuator/health, x, true"})
    void observesWhatBelongsToATraceAndAllThatIsNoPrediction(boolean exporting, String path, String header, boolean expected) throws Exception {
        send(exporting, "POST", path, 200, header, "1");

        assertThat(observed).isEqualTo(expected);
        assertThat(registry.get(NAME).timer().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"200", "400", "503"})
    void tagsBothAlike(int status) throws Exception {
        send(false, "POST", "/v1/models/m:predict", status);
        send(false, "POST", "/v1/models/m:predict", status, "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        List<Tag> tags = registry.find(NAME).timers().stream().findFirst().orElseThrow().getId().getTags();
        assertThat(registry.find(NAME).timers()).allSatisfy(timer -> assertThat(timer.getId().getTags()).isEqualTo(tags));
        assertThat(registry.get(NAME).timer().count()).isEqualTo(2);
    }

    @Test
    void inventedMethodsMakeNoSeries() throws Exception {
        send(false, "BREW", "/v1/models/m", 400);
        send(false, "WHEN", "/v1/models/m", 400);

        assertThat(registry.get(NAME).tag("method", "UNKNOWN").timer().count()).isEqualTo(2);
    }

    @Test
    void timesRequestsThatFail() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/v1/models/m");

        assertThatThrownBy(() -> new RequestFilter(new TraceRule(false), registry, observations)
                .doFilter(request, new MockHttpServletResponse(), (q, answer) -> {
                    throw new IllegalStateException("broken");
                })).hasMessage("broken");
        assertThat(registry.find(NAME).timers()).extracting(Timer::count).containsExactly(1L);
    }
}
