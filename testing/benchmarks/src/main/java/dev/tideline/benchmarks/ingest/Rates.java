package dev.tideline.benchmarks.ingest;

import java.util.ArrayList;
import java.util.List;

/** Seconds of the same work done by both sides, in turn. */
final class Rates {

    private final String name;
    private final String rival;
    private final long records;
    private final double recordBytes;
    private final double target;
    private final List<Double> service = new ArrayList<>();
    private final List<Double> other = new ArrayList<>();

    /** @param target share of the rival's rate that is asked for */
    Rates(String name, String rival, long records, double recordBytes, double target) {
        this.name = name;
        this.rival = rival;
        this.records = records;
        this.recordBytes = recordBytes;
        this.target = target;
    }

    void add(double serviceSeconds, double rivalSeconds) {
        service.add(serviceSeconds);
        other.add(rivalSeconds);
    }

    String name() {
        return name;
    }

    String rival() {
        return rival;
    }

    double target() {
        return target;
    }

    List<Double> serviceRates() {
        return rates(service);
    }

    List<Double> rivalRates() {
        return rates(other);
    }

    /** Of the medians. */
    double ratio() {
        return median(serviceRates()) / median(rivalRates());
    }

    String row() {
        return "%-28s %-26s %11.0f %7.0f %11.0f %7.0f %8.2f %8.2f".formatted(name, rival, median(serviceRates()), megabytes(serviceRates()),
                median(rivalRates()), megabytes(rivalRates()), ratio(), target);
    }

    static String heading() {
        return "%-28s %-26s %11s %7s %11s %7s %8s %8s".formatted("", "rival", "records/s", "MB/s", "rival's", "MB/s", "ratio", "asked");
    }

    private double megabytes(List<Double> rates) {
        return median(rates) * recordBytes / 1e6;
    }

    private List<Double> rates(List<Double> seconds) {
        return seconds.stream().map(time -> records / time).toList();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
