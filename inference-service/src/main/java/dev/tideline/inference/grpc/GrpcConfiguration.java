package dev.tideline.inference.grpc;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tideline.inference.admission.RequestMemory;
import dev.tideline.inference.configuration.ConfigurationReload;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.inference.servingmetrics.ServingCounters;
import io.grpc.BindableService;
import io.grpc.netty.NettyServerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.grpc.server.service.GrpcServiceConfigurer;
import org.springframework.grpc.server.service.GrpcServiceDiscoverer;

/** The server itself is Spring Boot's; here is what it does with calls. */
@Configuration(proxyBeanMethods = false)
class GrpcConfiguration {

    /** Calls never hold their thread: that of their connection does the work until the request is queued, without a hand-over. */
    @Bean
    GrpcServerExecutorProvider callThreads() {
        return MoreExecutors::directExecutor;
    }

    @Bean
    BindableService predictionService(Calls calls, ServableManager servables, RequestMemory memory, GrpcProperties properties) {
        return Messages.checked(new PredictionDoor(calls, servables, properties).service(), memory);
    }

    @Bean
    BindableService modelService(
            Calls calls, ServableManager servables, ObjectProvider<ConfigurationReload> reload, ServingCounters counters,
            RequestMemory memory) {
        return Messages.checked(new ModelDoor(calls, servables, reload, counters), memory);
    }

    @Bean
    @GlobalServerInterceptor
    @Order(Ordered.LOWEST_PRECEDENCE)
    CallInterceptor callInterceptor() {
        return new CallInterceptor();
    }

    @Bean
    @ConditionalOnProperty("tideline.inference.grpc.socket-path")
    SocketDoor socketDoor(
            GrpcProperties properties, GrpcServerProperties server, List<ServerBuilderCustomizer<NettyServerBuilder>> customizers,
            GrpcServiceDiscoverer services, GrpcServiceConfigurer configurer, ApplicationEventPublisher events) {
        List<ServerBuilderCustomizer<NettyServerBuilder>> all = new ArrayList<>(customizers);
        all.add(builder -> builder.directExecutor()
                .maxInboundMessageSize((int) server.getInbound().getMessage().getMaxSize().toBytes()));
        return new SocketDoor(Objects.requireNonNull(properties.socketPath()), all, services, configurer,
                server.getShutdown().getGracePeriod(), events);
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
