package dev.tideline.inference.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCycleIT {

    /** {@code -Dtideline.cycles=1000} for the figure in docs/benchmarks.md. */
    private static final int CYCLES = Integer.getInteger("tideline.cycles", 300);
    private static final int WARM_UP = Math.max(100, CYCLES / 5);

    @TempDir
    Path folder;

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
    }

    private void cycle(ExecutorService callers) throws Exception {
        Map<String, Tensor> request = Map.of("x", Tensor.floats(Shape.of(64), new float[64]),
                "n", Tensor.longs(Shape.of(64), new long[64]), "s", Tensor.text(Shape.of(64), texts()));
        try (Servable servable = Settings.with(TensorFlowProperties.Check.NONE).opener().open(new ServableId("m", 1), folder, null)) {
            Signature signature = servable.signatures().get("serving_default");
            Future<?> beside = callers.submit(() -> servable.run(signature, List.of(request, request)));
            servable.run(signature, List.of(request));
            beside.get();
        }
    }

    private static String[] texts() {
        String[] texts = new String[64];
        Arrays.setAll(texts, i -> "a string that does not fit into its tensor, number " + i);
        return texts;
    }

    @Test
    void loadingAndUnloadingLeavesNoNativeMemoryBehind() throws Exception {
        SavedModels.write(folder, 2);
        try (ExecutorService callers = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < WARM_UP; i++) {
                cycle(callers);
            }
            System.gc();
            long before = residentKilobytes();
            for (int i = 0; i < CYCLES; i++) {
                cycle(callers);
            }
            System.gc();
            System.out.printf("%d cycles after %d: resident memory %d kB, then %d kB (%+.1f %%)%n", CYCLES, WARM_UP, before,
                    residentKilobytes(), 100.0 * (residentKilobytes() - before) / before);

            assertThat(NativeMemory.TENSORS.sum()).isZero();
            assertThat(residentKilobytes()).isLessThan(before + before / 20);
        }
    }
}
