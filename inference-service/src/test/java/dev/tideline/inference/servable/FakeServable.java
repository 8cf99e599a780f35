package dev.tideline.inference.servable;

import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A version without an engine: it counts its cancellations and closings. */
final class FakeServable extends StubServable {

    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    FakeServable(ServableId id) {
        super(id);
    }

    int cancelled() {
        return cancelled.get();
    }

    int closed() {
        return closed.get();
    }

    @Override
    public Map<String, Tensor> run(Signature signature, List<Map<String, Tensor>> requests) {
        return Map.of();
    }

    @Override
    public void cancel() {
        cancelled.incrementAndGet();
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
