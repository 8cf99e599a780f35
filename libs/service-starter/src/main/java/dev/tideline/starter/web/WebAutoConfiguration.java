package dev.tideline.starter.web;

import dev.tideline.starter.error.Problems;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** The API key, when there is one. {@link LoopbackRule} is registered in {@code spring.factories}: it precedes all beans. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(SecurityProperties.class)
final class WebAutoConfiguration {

    /** After the observation filter, so that refused requests have a trace id and are measured. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    @Bean
    @ConditionalOnProperty("tideline.security.api-key")
    FilterRegistrationBean<ApiKeyFilter> apiKeyFilter(SecurityProperties security, Problems problems, JsonMapper json) {
        String key = security.hasKey() ? security.apiKey() : null;
        FilterRegistrationBean<ApiKeyFilter> registration =
                new FilterRegistrationBean<>(new ApiKeyFilter(key == null ? "" : key, problems, json));
        registration.setEnabled(key != null);
        registration.setOrder(ORDER);
        return registration;
    }
}
