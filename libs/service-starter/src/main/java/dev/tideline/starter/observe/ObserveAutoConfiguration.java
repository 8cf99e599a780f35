package dev.tideline.starter.observe;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The only clock and the only source of randomness; tests bring their own. */
@AutoConfiguration
final class ObserveAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    InstantSource instantSource() {
        return Clock.systemUTC();
    }

    /** Safe for use by many threads, which most generators are not. */
    @Bean
    @ConditionalOnMissingBean
    RandomGenerator randomGenerator() {
        return new SecureRandom();
    }
}
