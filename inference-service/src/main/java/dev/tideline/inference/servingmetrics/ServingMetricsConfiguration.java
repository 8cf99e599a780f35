package dev.tideline.inference.servingmetrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the metrics where TensorFlow Serving's monitoring config wants them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServingMetricsProperties.class)
@ConditionalOnProperty("tideline.inference.serving-metrics.path")
class ServingMetricsConfiguration {

    @Bean
    static MeterFilter servingMetricsBuckets() {
        return new BucketFilter();
    }

    @Bean
    ServletRegistrationBean<ServingMetricsServlet> servingMetrics(
            ServingMetricsProperties properties, MeterRegistry registry, ObjectProvider<PrometheusMeterRegistry> prometheus) {
        PrometheusMeterRegistry own = prometheus.getIfAvailable();
        return new ServletRegistrationBean<>(
                new ServingMetricsServlet(new ServingMetricsText(own == null ? registry : own), own), properties.path());
    }
}
