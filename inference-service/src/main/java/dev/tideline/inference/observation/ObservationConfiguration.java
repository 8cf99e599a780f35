package dev.tideline.inference.observation;

import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** In place of Spring Boot's observation of both doors, which would observe everything. */
@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {

    @Bean
    TraceRule traceRule(ObjectProvider<SpanExporter> exporters) {
        return new TraceRule(exporters.stream().findAny().isPresent());
    }

    @Bean
    @GlobalServerInterceptor
    @Order(0)
    CallObservation callObservation(TraceRule rule, ObservationRegistry observations) {
        return new CallObservation(rule, observations);
    }

    @Bean
    ServerBuilderCustomizer<NettyServerBuilder> callTimes(TraceRule rule, MeterRegistry registry) {
        return builder -> builder.addStreamTracerFactory(new CallTimes(rule, registry));
    }

    /** Its type keeps Spring Boot from adding one of its own. */
    @Bean
    FilterRegistrationBean<ServerHttpObservationFilter> requestFilter(TraceRule rule, MeterRegistry registry, ObservationRegistry observations) {
        FilterRegistrationBean<ServerHttpObservationFilter> filter = new FilterRegistrationBean<>(new RequestFilter(rule, registry, observations));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        return filter;
    }
}
