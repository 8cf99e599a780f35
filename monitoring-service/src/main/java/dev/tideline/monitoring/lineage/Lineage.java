package dev.tideline.monitoring.lineage;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Follows a model version back to Kafka. */
@Component
public final class Lineage {

    private final Origins origins;
    private final Upstream upstream;

    Lineage(Origins origins, Upstream upstream) {
        this.origins = origins;
        this.upstream = upstream;
    }

    /** The graph behind a version, with gaps where another service does not answer. */
    public Graph of(String model, long version) {
        return origins.find(model, version).map(this::graph).orElseGet(() -> GraphBuilder.unknown(model, version));
    }

    boolean knows(String model, long version) {
        return origins.find(model, version).isPresent();
    }

    private Graph graph(Origin origin) {
        Optional<Upstream.Answer> job = Optional.ofNullable(origin.job()).map(upstream::job);
        return GraphBuilder.of(origin, origins.cause(origin).orElse(null), job.orElse(null),
                upstream.dataset(origin.dataset(), origin.datasetVersion()));
    }
}
