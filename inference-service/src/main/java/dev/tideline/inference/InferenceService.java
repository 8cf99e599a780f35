package dev.tideline.inference;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import sun.misc.Signal;

/** Serves TensorFlow models behind TensorFlow Serving's APIs. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class InferenceService {

    public static void main(String[] arguments) {
        // A stop that was asked for and went well ends with 0; left to itself the JVM would report 143.
        Signal.handle(new Signal("TERM"), signal -> System.exit(0));
        SpringApplication.run(InferenceService.class, arguments);
    }
}
