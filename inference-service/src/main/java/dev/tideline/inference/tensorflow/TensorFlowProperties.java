package dev.tideline.inference.tensorflow;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The engine.
 *
 * @param intraOpThreads   threads within one operation, such as a large matrix product; 0: TensorFlow decides by the cores
 * @param interOp          where independent operations of a graph run
 * @param interOpThreads   threads of TensorFlow's pool, with {@code inter-op} {@code pool}; 0: TensorFlow decides by the cores
 * @param tags             which graph of a SavedModel is served
 * @param check            how a version proves itself before it is loaded into this process
 * @param checkTimeout     bound for that proof
 * @param checkMemory      resident memory that the proof's process may take
 * @param ops              what a version's graph may run
 * @param allowedOps       op types that may run beyond the list of harmless ones
 * @param warmUp           whether requests run before a version becomes available
 * @param warmUpRows       batch sizes that these requests come in
 * @param warmUpIterations how often each request of a version's own warm-up file runs
 */
@Validated
@ConfigurationProperties("tideline.inference.tensorflow")
record TensorFlowProperties(
        @DefaultValue("0") @Min(0) int intraOpThreads,
        @DefaultValue("caller") @NotNull InterOp interOp,
        @DefaultValue("0") @Min(0) int interOpThreads,
        @DefaultValue("serve") @NotEmpty Set<String> tags,
        @DefaultValue("child-process") @NotNull Check check,
        @DefaultValue("60s") @NotNull Duration checkTimeout,
        @DefaultValue("4GB") @NotNull DataSize checkMemory,
        @DefaultValue("listed") @NotNull Ops ops,
        @DefaultValue @NotNull Set<String> allowedOps,
        @DefaultValue("true") boolean warmUp,
        @DefaultValue({"1", "8", "64"}) @NotNull List<@Min(1) Integer> warmUpRows,
        @DefaultValue("1") @Min(1) int warmUpIterations) {

    /** {@code CALLER}: in the thread that runs the batch, best for small graphs. {@code POOL}: in TensorFlow's pool. */
    enum InterOp { CALLER, POOL }

    /** Native code can abort a process, so a child process goes first, unless the models are trusted. */
    enum Check { CHILD_PROCESS, NONE }

    /** {@code LISTED}: what neither touches files nor calls out. {@code ANY}: for trusted models only. */
    enum Ops { LISTED, ANY }

    SavedModelOpener opener() {
        return new SavedModelOpener(new SavedModelOpener.Threads(intraOpThreads, interOpThreads, interOp == InterOp.CALLER), tags);
    }

    CheckRequest checkOf(Path folder) {
        return new CheckRequest(folder, tags, ops == Ops.ANY, allowedOps);
    }
}
