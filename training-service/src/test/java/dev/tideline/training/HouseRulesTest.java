package dev.tideline.training;

import dev.tideline.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void theHouseRulesHold() {
        HouseRules.check("dev.tideline.training");
    }
}
