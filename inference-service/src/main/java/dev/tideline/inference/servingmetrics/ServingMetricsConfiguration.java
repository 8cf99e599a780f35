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

/** Puts the metrics where TensorFlow Serving's monitoring config wants them, and gives their counters to who asks by name. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServingMetricsProperties.class)
class ServingMetricsConfiguration {

    private static final String PATH = "tideline.inference.serving-metrics.path";

    @Bean
    @ConditionalOnProperty(PATH)
    static MeterFilter servingMetricsBuckets() {
        return new BucketFilter();
    }

    @Bean
    ServingMetricsText servingMetricsText(MeterRegistry registry, ObjectProvider<PrometheusMeterRegistry> prometheus) {
        PrometheusMeterRegistry own = prometheus.getIfAvailable();
        return new ServingMetricsText(own == null ? registry : own);
    }

    @Bean
    ServingCounters servingCounters(ServingMetricsText text) {
        return new ServingCounters(text);
    }

    @Bean
    @ConditionalOnProperty(PATH)
    ServletRegistrationBean<ServingMetricsServlet> servingMetrics(
            ServingMetricsProperties properties, ServingMetricsText text, ObjectProvider<PrometheusMeterRegistry> prometheus) {
        return new ServletRegistrationBean<>(new ServingMetricsServlet(text, prometheus.getIfAvailable()), properties.path());
    }
}
