package dev.tideline.monitoring;

import dev.tideline.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void theModuleKeepsTheHouseRules() {
        HouseRules.check("dev.tideline.monitoring");
    }
}
