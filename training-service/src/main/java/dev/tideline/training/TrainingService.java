package dev.tideline.training;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts training-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class TrainingService {

    public static void main(String[] args) {
        SpringApplication.run(TrainingService.class, args);
    }
}
