package dev.tideline.inference.tensorflow;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** Shows {@link NativeMemory}: tensors should fall back to 0 when nothing runs. */
@Component
final class NativeMemoryMetrics implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("tideline.inference.native.tensors", NativeMemory.TENSORS, LongAdder::sum)
                .description("Tensors in native memory").register(registry);
        Gauge.builder("tideline.inference.native.tensor.bytes", NativeMemory.TENSOR_BYTES, LongAdder::sum)
                .description("Native memory of these tensors").baseUnit("bytes").register(registry);
        Gauge.builder("tideline.inference.native.sessions", NativeMemory.SESSIONS, LongAdder::sum)
                .description("Loaded graphs").register(registry);
        Gauge.builder("tideline.inference.resident.bytes", () -> ResidentMemory.of(ProcessHandle.current().pid()))
                .description("Physical memory of this process, native memory included").baseUnit("bytes").register(registry);
    }
}
