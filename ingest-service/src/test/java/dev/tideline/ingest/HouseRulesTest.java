package dev.tideline.ingest;

import dev.tideline.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void keepsToTheHouseRules() {
        HouseRules.check("dev.tideline.ingest");
    }
}
