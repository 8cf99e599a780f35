package dev.tideline.monitoring.window;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A closed window as the HTTP API shows it.
 *
 * @param slice      {@code feature=value}; empty for all predictions
 * @param late       rows that came too late, counted all the same
 * @param judgedRows rows the verdict rests on: those of short windows before are taken along until there are enough
 * @param status     of the window as a whole
 * @param reason     one line for people
 * @param figures    that speak of no single feature: {@code estimatedAccuracy}, {@code jointError}, {@code confidence}, …
 * @param findings   the same for people
 * @param judged     when the verdict was found
 */
public record WindowView(
        long version, String slice, long sequence, Instant from, Instant to, long rows, long late, long judgedRows, String closedBy,
        String status, String reason, Map<String, Double> figures, List<String> findings, List<Feature> features, Instant judged) {

    /**
     * @param figures  by name: {@code psi}, {@code js}, {@code p}, …
     * @param findings for people: what differs from training
     */
    public record Feature(String name, String status, Map<String, Double> figures, List<String> findings) {}
}
