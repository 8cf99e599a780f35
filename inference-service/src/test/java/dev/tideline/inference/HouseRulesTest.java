package dev.tideline.inference;

import dev.tideline.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void moduleKeepsTheHouseRules() {
        HouseRules.check("dev.tideline.inference");
    }
}
