package dev.tideline.inference;

import dev.tideline.inference.standalone.ServeCommand;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import sun.misc.Signal;

/** Serves TensorFlow models behind TensorFlow Serving's APIs. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class InferenceService {

    private static final int USAGE = 2;

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("serve")) {
            serve(List.of(arguments).subList(1, arguments.length));
        } else {
            start(arguments);
        }
    }

    private static void serve(List<String> flags) {
        switch (ServeCommand.of(flags, System.getenv())) {
            case ServeCommand.Tell(String text) -> System.out.println(text);
            case ServeCommand.Usage(List<String> problems) -> {
                problems.forEach(problem -> System.err.println("tideline serve: " + problem));
                System.err.println("tideline serve --help shows all flags");
                System.exit(USAGE);
            }
            case ServeCommand.Start(List<String> settings, List<String> warnings) -> {
                warnings.forEach(warning -> System.err.println("tideline serve: " + warning));
                start(settings.toArray(String[]::new));
            }
        }
    }

    private static void start(String[] arguments) {
        // A stop that was asked for and went well ends with 0; left to itself the JVM would report 143.
        Signal.handle(new Signal("TERM"), signal -> System.exit(0));
        SpringApplication.run(InferenceService.class, arguments);
    }
}
