package dev.tideline.inference.admission;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** For tests of other packages. */
public final class RequestMemories {

    private RequestMemories() {}

    /** @param most bytes that long requests may hold together */
    public static RequestMemory of(long most) {
        return new RequestMemory(most, new SimpleMeterRegistry());
    }
}
