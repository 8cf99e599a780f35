package dev.tideline.starter.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

    @Test
    void keysThatDifferShareARound() {
        assertThat(ids(entry(1, "a"), entry(2, "b"), entry(3, "c"))).containsExactly(List.of(1L, 2L, 3L));
    }

    @Test
    void equalKeysGoOneAfterTheOther() {
        assertThat(ids(entry(1, "a"), entry(2, "b"), entry(3, "a"), entry(4, "a")))
                .containsExactly(List.of(1L, 2L), List.of(3L), List.of(4L));
    }

    @Test
    void nothingGivesNoRound() {
        assertThat(ids()).isEmpty();
    }

    private static List<List<Long>> ids(OutboxEntry... entries) {
        return Rounds.of(List.of(entries)).stream()
                .map(round -> round.stream().map(OutboxEntry::id).toList()).toList();
    }

    private static OutboxEntry entry(long id, String key) {
        return new OutboxEntry(id, "topic", key, Map.of(), new byte[0]);
    }
}
