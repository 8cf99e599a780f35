package dev.tideline.storage;

import dev.tideline.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void houseRulesHold() {
        HouseRules.check("dev.tideline.storage");
    }
}
