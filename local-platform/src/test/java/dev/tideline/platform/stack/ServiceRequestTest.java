package dev.tideline.platform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ServiceRequestTest {

    private static final URI SERVICE = URI.create("http://127.0.0.1:8510/v1/datasets");

    @Test
    void carriesTheKeyOfTheServices() {
        assertThat(ServiceRequest.to(SERVICE, "0123456789abcdef").build().headers().firstValue("Authorization"))
                .contains("Bearer 0123456789abcdef");
    }

    @Test
    void carriesNothingWithoutAKey() {
        assertThat(ServiceRequest.to(SERVICE, " ").build().headers().map()).isEmpty();
        assertThat(ServiceRequest.to(SERVICE, null).build().headers().map()).isEmpty();
    }
}
