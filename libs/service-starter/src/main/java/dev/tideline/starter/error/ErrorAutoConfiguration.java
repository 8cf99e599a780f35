package dev.tideline.starter.error;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.databind.json.JsonMapper;

/** Problem details for every failure of a servlet web application. */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(ErrorProperties.class)
final class ErrorAutoConfiguration {

    @Bean
    Problems problems(ErrorProperties properties, ObjectProvider<Tracer> tracer, ObjectProvider<MeterRegistry> meters) {
        return new Problems(properties, tracer.getIfAvailable(() -> Tracer.NOOP),
                meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    ProblemAdvice problemAdvice(Problems problems) {
        return new ProblemAdvice(problems);
    }

    @Bean
    @ConditionalOnMissingBean
    UnservedErrors unservedErrors(Problems problems) {
        JsonMapper json = JsonMapper.builder().addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class).build();
        return new UnservedErrors(MediaType.APPLICATION_PROBLEM_JSON_VALUE, (status, method, path) -> json.writeValueAsBytes(
                problems.problem(StatusCodes.codeOf(status), "request: " + method + " " + path + " (expected: HTTP, as RFC 9112 has it)", List.of(), null)));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> errorsOfUnservedRequests(UnservedErrors errors) {
        return factory -> factory.addContextCustomizers(errors::addTo);
    }

    @Bean
    @ConditionalOnMissingBean(ErrorController.class)
    ProblemErrorController problemErrorController(Problems problems) {
        return new ProblemErrorController(problems);
    }
}
