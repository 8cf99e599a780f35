package dev.tideline.monitoring.window;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A closed window as the HTTP API shows it.
 *
 * @param status  of the window as a whole
 * @param reason  one line for people
 * @param judged  when the verdict was found
 */
public record WindowView(
        long version, long sequence, Instant from, Instant to, long rows, String closedBy, String status, String reason,
        List<Feature> features, Instant judged) {

    /**
     * @param figures  by name: {@code psi}, {@code js}, {@code p}, …
     * @param findings for people: what differs from training
     */
    public record Feature(String name, String status, Map<String, Double> figures, List<String> findings) {}
}
