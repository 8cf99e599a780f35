package dev.tideline.inference.servingmetrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.HistogramSupport;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Meters in Prometheus' text format, added up by their labels. */
final class PrometheusText implements MetricsPage {

    /** Of bounds: TensorFlow Serving prints as many, and dashboards may name one. */
    private static final MathContext DIGITS = new MathContext(6);
    private static final double FIRST_WITH_EXPONENT = 1e6;

    private final FormerTotals former;
    private final StringBuilder text = new StringBuilder(4096);

    /** @param former what is added to the meters' own */
    PrometheusText(FormerTotals former) {
        this.former = former;
    }

    @Override
    public <M extends Meter> void counters(
            String name, String help, Collection<M> meters, Function<M, String> labels, ToDoubleFunction<M> value) {
        Map<String, Double> sums = new TreeMap<>(former.counters(name));
        meters.forEach(meter -> sums.merge(labels.apply(meter), value.applyAsDouble(meter), Double::sum));
        head(name, help, "counter");
        sums.forEach((label, sum) -> line(name, label, sum));
    }

    @Override
    public <M extends Meter & HistogramSupport> void histograms(
            String name, String help, Bounds bounds, Collection<M> meters, Function<M, String> labels) {
        Map<String, HistogramSum> sums = new TreeMap<>(former.histograms(name));
        for (M meter : meters) {
            sums.computeIfAbsent(labels.apply(meter), label -> HistogramSum.of(bounds, meter)).add(meter.takeSnapshot());
        }
        head(name, help, "histogram");
        sums.forEach((label, sum) -> {
            String separator = label.isEmpty() ? "" : ",";
            for (int i = 0; i < sum.bounds().length; i++) {
                line(name + "_bucket", label + separator + "le=\"" + shown(sum.bounds()[i]) + "\"", sum.counts()[i]);
            }
            line(name + "_bucket", label + separator + "le=\"+Inf\"", sum.count());
            line(name + "_sum", label, sum.total());
            line(name + "_count", label, sum.count());
        });
    }

    private void head(String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, double value) {
        text.append(name).append('{').append(labels).append("} ");
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            text.append((long) value);
        } else {
            text.append(value);
        }
        text.append('\n');
    }

    /** Six significant digits, as C's {@code %g} has them: 10, 58.32, 3.81525e+06. */
    static String shown(double bound) {
        BigDecimal rounded = new BigDecimal(bound).round(DIGITS).stripTrailingZeros();
        if (rounded.doubleValue() < FIRST_WITH_EXPONENT) {
            return rounded.toPlainString();
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.movePointLeft(exponent).toPlainString() + (exponent < 10 ? "e+0" : "e+") + exponent;
    }

    static String labels(String... namesAndValues) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String value = namesAndValues[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            labels.append(i == 0 ? "" : ",").append(namesAndValues[i]).append("=\"").append(value).append('"');
        }
        return labels.toString();
    }

    static String tag(Meter meter, String name) {
        @Nullable String value = meter.getId().getTag(name);
        return value == null ? "" : value;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
