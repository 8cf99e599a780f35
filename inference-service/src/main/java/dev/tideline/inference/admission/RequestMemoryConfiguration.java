package dev.tideline.inference.admission;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** By the heap of this process. */
@Configuration(proxyBeanMethods = false)
class RequestMemoryConfiguration {

    @Bean
    RequestMemory requestMemory(MeterRegistry registry) {
        return new RequestMemory(RequestMemory.share(), registry);
    }
}
