package dev.tideline.inference.servingmetrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Writes Tideline's meters in Prometheus' text format under TensorFlow Serving's names. */
final class ServingMetricsText {

    static final String REQUESTS = "tideline.inference.requests";
    static final String RUN = "tideline.inference.batch.run";
    static final String WAIT = "tideline.inference.batch.wait";
    static final String LOAD = "tideline.inference.load";
    private static final String ROWS = "tideline.inference.rows";
    private static final String BATCH_ROWS = "tideline.inference.batch.rows";
    private static final String PADDING = "tideline.inference.batch.padding";
    private static final String PREFIX = ":tensorflow:serving:";

    private final MeterRegistry registry;

    ServingMetricsText(MeterRegistry registry) {
        this.registry = registry;
    }

    String write() {
        StringBuilder text = new StringBuilder(4096);
        Collection<Timer> requests = registry.find(REQUESTS).timers();
        sums(text, PREFIX + "request_count", "The total number of requests.", requests,
                timer -> labels("model_name", tag(timer, "model"), "status", tag(timer, "code")), Timer::count);
        histograms(text, PREFIX + "request_latency", "Distribution of wall time (in microseconds).", Bounds.LATENCY,
                requests.stream().filter(timer -> "OK".equals(tag(timer, "code"))).toList(),
                timer -> labels("model_name", tag(timer, "model")));
        histograms(text, PREFIX + "runtime_latency", "Distribution of wall time (in microseconds) of runs.", Bounds.LATENCY,
                registry.find(RUN).timers(), timer -> labels("model_name", tag(timer, "model")));
        sums(text, PREFIX + "request_example_count_total", "The total number of examples.", registry.find(ROWS).counters(),
                counter -> labels("model", tag(counter, "model")), Counter::count);
        batching(text);
        sums(text, ":tensorflow:cc:saved_model:load_attempt_count", "The number of times a SavedModel was loaded.",
                registry.find(LOAD).timers(), timer -> labels("model_path", tag(timer, "model"), "status", tag(timer, "result")), Timer::count);
        histograms(text, ":tensorflow:cc:saved_model:load_latency", "Latency in microseconds of loads.", Bounds.LATENCY,
                registry.find(LOAD).timers(), timer -> labels("model_path", tag(timer, "model")));
        return text.toString();
    }

    private void batching(StringBuilder text) {
        String group = PREFIX + "batching_session:";
        Collection<DistributionSummary> rows = registry.find(BATCH_ROWS).summaries();
        histograms(text, group + "queuing_latency", "Distribution of wall time spent (in microseconds) in queuing.", Bounds.QUEUE,
                registry.find(WAIT).timers(), timer -> labels("thread_pool_name", "model_server_batch_threads"));
        sums(text, group + "wrapped_run_count", "Total count of run calls on the wrapped session.", rows, meter -> "",
                DistributionSummary::count);
        sums(text, group + "input_batch_size_total", "Rows of all batches before padding.", rows, meter -> "",
                DistributionSummary::totalAmount);
        sums(text, group + "padding_size_total", "Rows added to batches.", registry.find(PADDING).counters(), meter -> "", Counter::count);
    }

    private static <M extends Meter> void sums(
            StringBuilder text, String name, String help, Collection<M> meters, Function<M, String> labels, ToDoubleFunction<M> value) {
        Map<String, Double> sums = new TreeMap<>();
        meters.forEach(meter -> sums.merge(labels.apply(meter), value.applyAsDouble(meter), Double::sum));
        head(text, name, help, "counter");
        sums.forEach((label, sum) -> line(text, name, label, sum));
    }

    private static void histograms(
            StringBuilder text, String name, String help, Bounds bounds, Collection<Timer> timers, Function<Timer, String> labels) {
        Map<String, HistogramSum> sums = new TreeMap<>();
        for (Timer timer : timers) {
            sums.computeIfAbsent(labels.apply(timer), label -> new HistogramSum(bounds)).add(timer.takeSnapshot());
        }
        head(text, name, help, "histogram");
        sums.forEach((label, sum) -> {
            String separator = label.isEmpty() ? "" : ",";
            for (int i = 0; i < sum.bounds().length; i++) {
                line(text, name + "_bucket", label + separator + "le=\"" + sum.bounds()[i] + "\"", sum.counts()[i]);
            }
            line(text, name + "_bucket", label + separator + "le=\"+Inf\"", sum.count());
            line(text, name + "_sum", label, sum.totalMicros());
            line(text, name + "_count", label, sum.count());
        });
    }

    private static void head(StringBuilder text, String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String name, String labels, double value) {
        text.append(name).append('{').append(labels).append("} ");
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            text.append((long) value);
        } else {
            text.append(value);
        }
        text.append('\n');
    }

    private static String labels(String... namesAndValues) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String value = namesAndValues[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            labels.append(i == 0 ? "" : ",").append(namesAndValues[i]).append("=\"").append(value).append('"');
        }
        return labels.toString();
    }

    private static String tag(Meter meter, String name) {
        @Nullable String value = meter.getId().getTag(name);
        return value == null ? "" : value;
    }
}
