package dev.tideline.tfrecord;

import dev.tideline.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void houseRulesHold() {
        HouseRules.check("dev.tideline.tfrecord");
    }
}
