package dev.tideline.inference.tensorflow;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The engine.
 *
 * @param intraOpThreads threads within one operation, such as a large matrix product; 0: TensorFlow decides by the cores
 * @param interOp        where independent operations of a graph run
 * @param check          how a version proves itself before it is loaded into this process
 * @param checkTimeout   bound for that proof
 * @param warmUpRows     batch sizes of the generated requests that run before a version becomes available
 */
@Validated
@ConfigurationProperties("tideline.inference.tensorflow")
record TensorFlowProperties(
        @DefaultValue("0") @Min(0) int intraOpThreads,
        @DefaultValue("caller") @NotNull InterOp interOp,
        @DefaultValue("child-process") @NotNull Check check,
        @DefaultValue("60s") @NotNull Duration checkTimeout,
        @DefaultValue({"1", "8", "64"}) @NotNull List<@Min(1) Integer> warmUpRows) {

    /** {@code CALLER}: in the thread that runs the batch, best for small graphs. {@code POOL}: in TensorFlow's pool. */
    enum InterOp { CALLER, POOL }

    /** Native code can abort a process, so a child process goes first, unless the models are trusted. */
    enum Check { CHILD_PROCESS, NONE }
}
