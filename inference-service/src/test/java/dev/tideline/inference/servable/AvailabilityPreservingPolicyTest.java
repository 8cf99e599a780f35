package dev.tideline.inference.servable;

import static dev.tideline.inference.servable.VersionPolicy.Phase.BUSY;
import static dev.tideline.inference.servable.VersionPolicy.Phase.ENDED;
import static dev.tideline.inference.servable.VersionPolicy.Phase.NEW;
import static dev.tideline.inference.servable.VersionPolicy.Phase.READY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.inference.servable.VersionPolicy.Phase;
import dev.tideline.inference.servable.VersionPolicy.Step;
import dev.tideline.inference.servable.VersionPolicy.Version;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AvailabilityPreservingPolicyTest {

    private final VersionPolicy policy = new AvailabilityPreservingPolicy();

    private static Version aspired(long number, Phase phase) {
        return new Version(number, true, phase);
    }

    private static Version unwanted(long number, Phase phase) {
        return new Version(number, false, phase);
    }

    @Test
    @DisplayName("S04: loads the new")
    void loadsHighestNewVersionFirst() {
        assertThat(policy.next(List.of(aspired(1, NEW), aspired(2, NEW)))).contains(new Step.Load(2));
    }

    @Test
    @DisplayName("S04: keeps the old one while the other is not ready")
    void keepsOldVersionUntilNewOneIsReady() {
        assertThat(policy.next(List.of(unwanted(1, READY), aspired(2, NEW)))).contains(new Step.Load(2));
        assertThat(policy.next(List.of(unwanted(1, READY), aspired(2, BUSY)))).isEmpty();
        assertThat(policy.next(List.of(unwanted(1, READY), aspired(2, READY)))).contains(new Step.Unload(1));
    }

    @Test
    @DisplayName("S04: keeps the old one while the other is in error")
    void keepsOldVersionWhenNewOneFailed() {
        assertThat(policy.next(List.of(unwanted(1, READY), aspired(2, ENDED)))).isEmpty();
    }

    @Test
    @DisplayName("S04: nothing is aspired")
    void unloadsAllWhenNothingIsAspired() {
        assertThat(policy.next(List.of(unwanted(1, READY), unwanted(2, READY)))).contains(new Step.Unload(1));
    }

    @Test
    @DisplayName("S04: unloads first what is not aspired")
    void unloadsBeforeItLoads() {
        assertThat(policy.next(List.of(unwanted(1, READY), aspired(2, READY), aspired(3, NEW)))).contains(new Step.Unload(1));
    }

    @Test
    void keepsOneOfSeveralUnwantedVersions() {
        assertThat(policy.next(List.of(unwanted(1, READY), unwanted(2, READY), aspired(3, BUSY)))).contains(new Step.Unload(1));
        assertThat(policy.next(List.of(unwanted(2, READY), aspired(3, BUSY)))).isEmpty();
    }

    @Test
    void doesNothingWhenAllIsAsWanted() {
        assertThat(policy.next(List.of(aspired(1, READY), unwanted(0, ENDED)))).isEmpty();
    }
}
