package dev.tideline.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.platform.stack.Ports;
import dev.tideline.platform.stack.StackOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LinksTest {

    @Test
    void leadToTheLastPredictionAndWhatIsBehindIt() {
        var stack = new StackOptions(Path.of("home"), Path.of("data"), new Ports(9_000), "1g", StackOptions.Jit.QUICK);
        var report = new DemoReport("rides", "rides-2", "generated", true, true, new DemoReport.Accuracy(null, null, null, null, null, null),
                new DemoReport.Seconds(null, null, 1), new DemoReport.Requests(80, 0, 640, null), new DemoReport.Records(1, 1, 2, 2, 0, 1), new TreeMap<>());

        var lines = Links.lines(stack, report);

        assertThat(lines).contains("  one prediction explained    http://127.0.0.1:9030/v1/predictions/demo-rides-2-79-0");
        assertThat(lines).filteredOn(line -> line.contains("http")).hasSize(5)
                .allSatisfy(line -> assertThat(URI.create(line.substring(line.indexOf("http"))).getHost()).isEqualTo("127.0.0.1"));
    }
}
