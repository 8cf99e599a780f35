package dev.tideline.ingest.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.ingest.shard.RollPolicy.Decision;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RollPolicyTest {

    private static final Duration YOUNG = Duration.ofSeconds(1);

    private final RollPolicy policy = new RollPolicy(1_000, 100, Duration.ofSeconds(60));

    @Test
    void keepsAShardBelowEveryLimit() {
        assertThat(policy.decide(999, 99, YOUNG, false)).isEqualTo(Decision.KEEP);
    }

    @Test
    void rollsAtTheByteLimit() {
        assertThat(policy.decide(1_000, 1, YOUNG, false)).isEqualTo(Decision.BYTES);
    }

    @Test
    void rollsAtTheRecordLimit() {
        assertThat(policy.decide(0, 100, YOUNG, false)).isEqualTo(Decision.RECORDS);
    }

    @Test
    void rollsAtTheAgeLimit() {
        assertThat(policy.decide(1, 1, Duration.ofSeconds(60), false)).isEqualTo(Decision.AGE);
    }

    @Test
    void rollsASmallYoungShardWhenSomebodyWaits() {
        assertThat(policy.decide(1, 1, YOUNG, true)).isEqualTo(Decision.FLUSH);
    }

    @Test
    void neverRollsWithoutConsumedRecords() {
        assertThat(policy.decide(0, 0, Duration.ofHours(1), true)).isEqualTo(Decision.KEEP);
    }
}
