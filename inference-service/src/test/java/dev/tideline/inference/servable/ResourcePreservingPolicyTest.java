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

class ResourcePreservingPolicyTest {

    private final VersionPolicy policy = new ResourcePreservingPolicy();

    private static Version aspired(long number, Phase phase) {
        return new Version(number, true, phase);
    }

    private static Version unwanted(long number, Phase phase) {
        return new Version(number, false, phase);
    }

    @Test
    @DisplayName("S05: unloads first")
    void unloadsTheOldVersionBeforeTheNewOneLoads() {
        assertThat(policy.next(List.of(unwanted(1, READY), aspired(2, NEW)))).contains(new Step.Unload(1));
        assertThat(policy.next(List.of(unwanted(1, BUSY), aspired(2, NEW)))).isEmpty();
        assertThat(policy.next(List.of(unwanted(1, ENDED), aspired(2, NEW)))).contains(new Step.Load(2));
    }

    @Test
    @DisplayName("S05: loads when there is nothing to unload")
    void loadsTheHighestNewVersionFirst() {
        assertThat(policy.next(List.of(aspired(1, NEW), aspired(2, NEW)))).contains(new Step.Load(2));
    }

    @Test
    void unloadsTheLowestUnwantedVersionFirst() {
        assertThat(policy.next(List.of(unwanted(2, READY), unwanted(1, READY)))).contains(new Step.Unload(1));
    }

    @Test
    void doesNothingWhenAllIsAsWanted() {
        assertThat(policy.next(List.of(aspired(1, READY), aspired(2, ENDED)))).isEmpty();
    }
}
