package dev.tideline.training;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts training-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TrainingService {

    public static void main(String[] args) {
        SpringApplication.run(TrainingService.class, args);
    }
}
