package dev.tideline.inference;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Serves TensorFlow models behind TensorFlow Serving's APIs. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class InferenceService {

    public static void main(String[] arguments) {
        SpringApplication.run(InferenceService.class, arguments);
    }
}
