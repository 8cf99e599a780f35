package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcServerInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** What callers say about time and importance, at the REST door. */
@ServiceTest
class CallerTermsIT extends Platform {

    CallerTermsIT(@Value("${local.server.port}") int port) {
        super(port);
    }

    private HttpResponse<String> ask(String model, String header, String value) {
        return post("/v1/models/" + model + ":predict", "{\"signature_name\": \"half\", \"instances\": [[4]]}", Map.of(header, value));
    }

    @Test
    void takesAndRefusesTerms() {
        writeModel("terms", 1, 2);
        promote("terms", 1, 1);
        awaitVersion("terms", 1, "AVAILABLE");

        assertThat(ask("terms", "Tideline-Timeout-Ms", "10000").statusCode()).isEqualTo(200);
        assertThat(ask("terms", "Tideline-Priority", "sheddable").statusCode()).isEqualTo(200);
        assertThat(ask("terms", "Tideline-Timeout-Ms", "soon")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("Tideline-Timeout-Ms: soon (expected: a whole number above 0)");
        });
        assertThat(ask("terms", "Tideline-Priority", "high").body()).contains("expected: critical, default or sheddable");
    }

    @Test
    void connectionsEndWithTheirNextAnswerOnceTheServiceStops(@Autowired ApplicationContext context) {
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        try {
            assertThat(get("/v1/models/nobody").headers().firstValue("connection")).contains("close");
        } finally {
            AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        }
        assertThat(get("/v1/models/nobody").headers().firstValue("connection")).isEmpty();
    }

    @Test
    void timesEveryRequestOnceAtBothDoors(@Autowired ApplicationContext context) {
        assertThat(context.getBeansOfType(FilterRegistrationBean.class).values())
                .filteredOn(filter -> filter.getFilter() instanceof ServerHttpObservationFilter).hasSize(1);
        assertThat(context.getBeansOfType(ObservationGrpcServerInterceptor.class)).hasSize(1);
    }
}
