package dev.tideline.inference.servingmetrics;

import static dev.tideline.inference.servingmetrics.PrometheusText.labels;
import static dev.tideline.inference.servingmetrics.PrometheusText.tag;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Writes Tideline's meters in Prometheus' text format under TensorFlow Serving's names. */
final class ServingMetricsText {

    static final String REQUESTS = "tideline.inference.requests";
    static final String RUNTIME = "tideline.inference.runtime";
    static final String REQUEST_ROWS = "tideline.inference.request.rows";
    static final String WAIT = "tideline.inference.batch.wait";
    static final String WARM_UP = "tideline.inference.warm.up";
    static final String BATCH_ROWS = "tideline.inference.batch.rows";
    static final String RUN_ROWS = "tideline.inference.batch.run.rows";
    static final String PADDING = "tideline.inference.batch.padding";
    private static final String OWN = "tideline.inference.";
    private static final String RUN = "tideline.inference.batch.run";
    private static final String LOAD = "tideline.inference.load";
    private static final String WARM_UP_RECORDS = "tideline.inference.warm.up.records";
    private static final String LOGGED = "tideline.inference.log.rows";
    private static final String PREFIX = ":tensorflow:serving:";
    private static final String BATCHING = PREFIX + "batching_session:";
    private static final String LOADING = ":tensorflow:cc:saved_model:";
    private static final String CORE = ":tensorflow:core:";

    private final MeterRegistry registry;
    private final FormerTotals former = new FormerTotals();

    ServingMetricsText(MeterRegistry registry) {
        this.registry = registry;
        registry.config().onMeterRemoved(meter -> {
            if (meter.getId().getName().startsWith(OWN)) {
                new Meters(name -> meter.getId().getName().equals(name) ? List.of(meter) : List.of()).addTo(former);
            }
        });
    }

    String write() {
        PrometheusText text = new PrometheusText(former);
        new Meters(name -> registry.find(name).meters()).addTo(text);
        return text.toString();
    }

    /** A counter of the page over all its labels; 0 when there is none of that name. */
    double counter(String name) {
        FormerTotals all = new FormerTotals();
        new Meters(named -> registry.find(named).meters()).addTo(all);
        return sum(all.counters(name)) + sum(former.counters(name));
    }

    private static double sum(Map<String, Double> byLabels) {
        return byLabels.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** @param named meters of a name */
    private record Meters(Function<String, Collection<Meter>> named) {

        void addTo(MetricsPage page) {
            requests(page);
            batching(page);
            loading(page);
            core(page);
        }

        private <M extends Meter> Collection<M> of(String name, Class<M> kind) {
            return named.apply(name).stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        private Collection<Timer> timers(String name) {
            return of(name, Timer.class);
        }

        private Collection<DistributionSummary> summaries(String name) {
            return of(name, DistributionSummary.class);
        }

        private Collection<Counter> counters(String name) {
            return of(name, Counter.class);
        }

        private void requests(MetricsPage text) {
            Collection<Timer> requests = timers(REQUESTS);
            text.counters(PREFIX + "request_count", "The total number of requests.", requests,
                    timer -> labels("model_name", tag(timer, "model"), "status", tag(timer, "code")), Timer::count);
            text.histograms(PREFIX + "request_latency", "Distribution of wall time (in microseconds) of requests.", Bounds.LATENCY,
                    requests.stream().filter(timer -> "OK".equals(tag(timer, "code"))).toList(),
                    timer -> labels("model_name", tag(timer, "model"), "API", tag(timer, "api"), "entrypoint", tag(timer, "door")));
            text.histograms(PREFIX + "runtime_latency", "Distribution of wall time (in microseconds) of TensorFlow.", Bounds.LATENCY,
                    timers(RUNTIME), timer -> labels("model_name", tag(timer, "model"), "API", tag(timer, "api"), "runtime", "TF1"));
            text.histograms(PREFIX + "request_example_counts", "The number of examples of a request.", Bounds.ROWS,
                    summaries(REQUEST_ROWS), summary -> labels("model", tag(summary, "model")));
            text.counters(PREFIX + "request_example_count_total", "The total number of examples.", summaries(REQUEST_ROWS),
                    summary -> labels("model", tag(summary, "model")), DistributionSummary::totalAmount);
            text.counters(PREFIX + "request_log_count", "The total number of logged predictions.", counters(LOGGED),
                    counter -> labels("model_name", tag(counter, "model"), "status_code", "OK"), Counter::count);
        }

        private void batching(MetricsPage text) {
            text.histograms(BATCHING + "queuing_latency", "Distribution of wall time spent (in microseconds) in queuing.", Bounds.QUEUE,
                    timers(WAIT), timer -> labels("thread_pool_name", "model_server_batch_threads"));
            text.counters(BATCHING + "wrapped_run_count", "Total count of run calls.", timers(RUN), run -> "", Timer::count);
            text.histograms(BATCHING + "input_batch_size", "Rows of a batch.", Bounds.ROWS, summaries(BATCH_ROWS), rows -> "");
            text.histograms(BATCHING + "processed_batch_size", "Rows of a batch, filled up.", Bounds.ROWS, summaries(RUN_ROWS), rows -> "");
            text.histograms(BATCHING + "padding_size", "Rows that fill up a batch.", Bounds.ROWS, summaries(PADDING), rows -> "");
        }

        private void loading(MetricsPage text) {
            text.counters(LOADING + "load_attempt_count", "The number of times a SavedModel was loaded.", timers(LOAD),
                    timer -> labels("model_path", tag(timer, "model"), "status", tag(timer, "result")), Timer::count);
            text.counters(LOADING + "load_latency", "Microseconds that successful loads took.",
                    timers(LOAD).stream().filter(timer -> "success".equals(tag(timer, "result"))).toList(),
                    timer -> labels("model_path", tag(timer, "model")), micros());
            text.histograms(PREFIX + "model_warmup_latency", "Distribution of wall time (in microseconds) of warm-ups.", Bounds.LATENCY,
                    timers(WARM_UP), timer -> labels("model_path", tag(timer, "model"), "status", tag(timer, "code")));
            text.counters(PREFIX + "model_warmup_records_read", "The total number of warm-up records.", counters(WARM_UP_RECORDS),
                    counter -> labels("model_path", tag(counter, "model")), Counter::count);
        }

        private void core(MetricsPage text) {
            text.counters(CORE + "direct_session_runs", "The number of runs.", timers(RUN), run -> "", Timer::count);
            text.counters(CORE + "graph_runs", "The number of graph executions.", timers(RUN), run -> "", Timer::count);
            text.counters(CORE + "graph_run_time_usecs", "Microseconds of graph executions.", timers(RUN), run -> "", micros());
        }

        private static ToDoubleFunction<Timer> micros() {
            return timer -> timer.totalTime(TimeUnit.MICROSECONDS);
        }
    }
}
