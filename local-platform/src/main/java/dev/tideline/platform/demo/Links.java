package dev.tideline.platform.demo;

import dev.tideline.platform.stack.Service;
import dev.tideline.platform.stack.StackOptions;
import java.util.List;
import java.util.Locale;

/** Where to look once the story is told. */
final class Links {

    private Links() {}

    static List<String> lines(StackOptions stack, DemoReport report) {
        var ingest = stack.url(Service.INGEST) + "/v1/datasets/" + report.dataset();
        var monitoring = stack.url(Service.MONITORING) + "/v1";
        var last = Math.max(0, report.requests().sent() - 1);
        return List.of("", "Have a look:",
                line("the training data", ingest + "/versions/1/statistics.html"),
                line("the model's story", monitoring + "/models/" + report.model() + "/timeline"),
                line("what served when, and why", monitoring + "/models/" + report.model() + "/deployments"),
                line("one prediction explained", monitoring + "/predictions/demo-" + report.model() + "-" + last + "-0"),
                line("the same, back to Kafka", monitoring + "/predictions/demo-" + report.model() + "-" + last + "-0/lineage.html"), "");
    }

    private static String line(String what, String where) {
        return String.format(Locale.ROOT, "  %-27s %s", what, where);
    }
}
