package dev.tideline.inference.rest;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Whether the service has begun to stop. Connections end with their next answer then: one that was kept would be closed with the door, perhaps
 * on a request that was just sent.
 */
@Component
final class Stopping {

    private volatile boolean begun;

    @EventListener
    void changed(AvailabilityChangeEvent<ReadinessState> event) {
        begun = event.getState() == ReadinessState.REFUSING_TRAFFIC;
    }

    boolean begun() {
        return begun;
    }
}
