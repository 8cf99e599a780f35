package dev.tideline.starter.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox, for services with a database. */
@AutoConfiguration(after = {
    EventAutoConfiguration.class, JdbcClientAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class
})
@ConditionalOnClass(JdbcClient.class)
@ConditionalOnBean({JdbcClient.class, EventRecords.class})
@ConditionalOnBooleanProperty(name = "tideline.outbox.enabled", matchIfMissing = true)
@EnableConfigurationProperties(OutboxProperties.class)
final class OutboxAutoConfiguration {

    @Bean
    JdbcOutboxTable outboxTable(JdbcClient jdbc) {
        return new JdbcOutboxTable(jdbc, EventAutoConfiguration.JSON);
    }

    @Bean
    OutboxRelay outboxRelay(JdbcOutboxTable table, PlatformTransactionManager transactions,
            KafkaTemplate<String, byte[]> kafka, OutboxProperties properties, ObjectProvider<MeterRegistry> meters) {
        OutboxDelivery delivery = new OutboxDelivery(
                table, new TransactionTemplate(transactions), kafka, properties.batch(), properties.ackTimeout());
        return new OutboxRelay(delivery, properties, meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    Outbox outbox(EventRecords records, JdbcOutboxTable table, OutboxRelay relay) {
        return new Outbox(records, table, relay);
    }
}
