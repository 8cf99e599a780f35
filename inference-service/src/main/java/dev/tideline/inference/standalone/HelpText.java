package dev.tideline.inference.standalone;

import java.util.stream.Collectors;

/** What {@code --help} and {@code --version} say. */
final class HelpText {

    private static final String HEAD = """
            tideline serve: serves TensorFlow models as tensorflow_model_server does, without Kafka and PostgreSQL

              tideline serve --model_name=m --model_base_path=/models/m --port=8500 --rest_api_port=8501

            Flags are written --name=value or --name value. A name with a dot is a configuration key
            (docs/reference/configuration.md), such as --tideline.inference.batching.target-p99=20ms.

            """;

    private HelpText() {}

    static String text() {
        return HEAD + FlagCatalogue.ALL.stream().map(HelpText::line).collect(Collectors.joining("\n"));
    }

    private static String line(Flag flag) {
        String standard = flag.standard().isEmpty() ? "" : " [" + flag.standard() + "]";
        return "  --" + flag.name() + standard + "\n        " + flag.help();
    }

    static String version() {
        String version = HelpText.class.getPackage().getImplementationVersion();
        return "Tideline " + (version == null ? "in development" : version) + ", with the flags and interfaces of TensorFlow Serving 2.20";
    }
}
