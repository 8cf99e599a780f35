package dev.tideline.inference.grpc;

import dev.tideline.inference.configuration.ConfigurationReload;
import com.google.common.util.concurrent.MoreExecutors;
import dev.tideline.inference.servable.ServableManager;
import io.grpc.BindableService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;

/** The server itself is Spring Boot's; here is what it does with calls. */
@Configuration(proxyBeanMethods = false)
class GrpcConfiguration {

    /** Calls never hold their thread: that of their connection does the work until the request is queued, without a hand-over. */
    @Bean
    GrpcServerExecutorProvider callThreads() {
        return MoreExecutors::directExecutor;
    }

    @Bean
    BindableService predictionService(Calls calls, ServableManager servables, GrpcProperties properties) {
        return Messages.checked(new PredictionDoor(calls, servables, properties).service());
    }

    @Bean
    BindableService modelService(Calls calls, ServableManager servables, ObjectProvider<ConfigurationReload> reload) {
        return Messages.checked(new ModelDoor(calls, servables, reload));
    }

    @Bean
    @GlobalServerInterceptor
    @Order(Ordered.LOWEST_PRECEDENCE)
    CallInterceptor callInterceptor() {
        return new CallInterceptor();
    }

    /** After the observation, so that refused calls have a trace id and are measured. */
    @Bean
    @GlobalServerInterceptor
    @Order(Ordered.LOWEST_PRECEDENCE - 10)
    @ConditionalOnProperty("tideline.security.api-key")
    ApiKeyInterceptor grpcApiKey(@Value("${tideline.security.api-key}") String key) {
        return new ApiKeyInterceptor(key);
    }
}
