package dev.tideline.ingest;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts ingest-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class IngestService {

    public static void main(String[] args) {
        SpringApplication.run(IngestService.class, args);
    }
}
