package dev.tideline.inference.tensorflow;

import dev.tideline.inference.tensorflow.TensorFlowProperties.Check;
import dev.tideline.inference.tensorflow.TensorFlowProperties.InterOp;
import dev.tideline.inference.tensorflow.TensorFlowProperties.Ops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.util.unit.DataSize;

/** Engine settings for tests. */
final class Settings {

    private Settings() {}

    static TensorFlowProperties with(Check check) {
        return of(check, Ops.LISTED, Set.of());
    }

    static TensorFlowProperties of(Check check, Ops ops, Set<String> allowedOps) {
        return new TensorFlowProperties(1, InterOp.CALLER, 0, Set.of("serve"), check, Duration.ofSeconds(60), DataSize.ofGigabytes(4), ops,
                allowedOps, true, List.of(1, 4), 2);
    }

    static TensorFlowLoader loader(TensorFlowProperties properties) {
        return new TensorFlowLoader(properties, (model, signature) -> Optional.empty(), List.of(), new SimpleMeterRegistry());
    }
}
