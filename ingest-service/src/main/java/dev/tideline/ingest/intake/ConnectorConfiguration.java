package dev.tideline.ingest.intake;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How bodies come in. */
@Configuration(proxyBeanMethods = false)
class ConnectorConfiguration {

    /** Tomcat's own 8 KB mean a system call, and often a change of threads, every 20 records of 400 bytes. */
    private static final int READ_BYTES = 1 << 15;

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> readBuffer() {
        return factory -> factory.addConnectorCustomizers(
                connector -> connector.setProperty("socket.appReadBufSize", Integer.toString(READ_BYTES)));
    }
}
