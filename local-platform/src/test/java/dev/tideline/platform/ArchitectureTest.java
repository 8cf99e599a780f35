package dev.tideline.platform;

import dev.tideline.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void keepsTheHouseRules() {
        HouseRules.check("dev.tideline.platform");
    }
}
