package dev.tideline.monitoring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** monitoring-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class MonitoringService {

    public static void main(String[] args) {
        SpringApplication.run(MonitoringService.class, args);
    }
}
