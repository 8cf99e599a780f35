package dev.tideline.platform.stack;

import dev.tideline.local.FreePorts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The platform's ports, at fixed distances from {@code base}. */
public record Ports(int base) {

    public static final int DEFAULT_BASE = 8500;
    private static final int HIGHEST_OFFSET = 93;
    private static final int HIGHEST_PORT = 65_535;

    public Ports {
        if (base < 1024 || base > HIGHEST_PORT - HIGHEST_OFFSET) {
            throw new LaunchException("--port-base: " + base + " (expected: 1024 to " + (HIGHEST_PORT - HIGHEST_OFFSET) + ")");
        }
    }

    public int inferenceGrpc() {
        return base;
    }

    public int postgres() {
        return base + 54;
    }

    public int kafka() {
        return base + 92;
    }

    public int kafkaController() {
        return base + HIGHEST_OFFSET;
    }

    /** Port of a service's HTTP side. */
    public int of(Service service) {
        return base + service.offset();
    }

    Map<Integer, String> purposes() {
        var purposes = new TreeMap<Integer, String>();
        purposes.put(inferenceGrpc(), "inference-service (gRPC)");
        for (var service : Service.values()) {
            purposes.put(of(service), service.module());
        }
        purposes.put(postgres(), "PostgreSQL");
        purposes.put(kafka(), "Kafka");
        purposes.put(kafkaController(), "Kafka's controller");
        return purposes;
    }

    /** @throws LaunchException that names every taken port and what it was meant for */
    void requireFree() {
        List<String> taken = purposes().entrySet().stream()
                .filter(port -> !FreePorts.isFree(port.getKey()))
                .map(port -> port.getKey() + " for " + port.getValue())
                .toList();
        if (!taken.isEmpty()) {
            throw new LaunchException("ports taken: " + String.join(", ", taken)
                    + " (expected: free; move all of them with --port-base, now " + base + ")");
        }
    }
}
