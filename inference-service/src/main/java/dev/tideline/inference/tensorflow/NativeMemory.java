package dev.tideline.inference.tensorflow;

import java.util.concurrent.atomic.LongAdder;

/** Counts what lives outside the heap, so that a leak shows in a metric and in tests. */
final class NativeMemory {

    static final LongAdder TENSORS = new LongAdder();
    static final LongAdder TENSOR_BYTES = new LongAdder();
    static final LongAdder SESSIONS = new LongAdder();

    private NativeMemory() {}
}
