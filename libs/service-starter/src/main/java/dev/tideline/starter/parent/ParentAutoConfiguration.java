package dev.tideline.starter.parent;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** Ties the life of a service to its launcher's, when the launcher gave its process id. */
@AutoConfiguration
@ConditionalOnProperty("tideline.parent.pid")
@EnableConfigurationProperties(ParentProperties.class)
final class ParentAutoConfiguration {

    @Bean
    ParentWatch parentWatch(ParentProperties properties, ApplicationContext context) {
        // A thread of its own: the exit closes the context, and this bean with it.
        return new ParentWatch(properties.pid(), () ->
                Thread.ofPlatform().name("parent-exit").start(() -> System.exit(SpringApplication.exit(context))));
    }
}
