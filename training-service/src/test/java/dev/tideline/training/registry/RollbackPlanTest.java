package dev.tideline.training.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.ModelVersionEvent.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollbackPlanTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        P1 P2           | 1
        P1 P2 P3        | 2
        P1 R2 P3        | 1
        P1 P2 P3 B2     | 1
        P1 P2 B1 P3     | 1
        P1 P2 B1 P2     | 1
        P1 P2 R3 R4     | 1
        """)
    void theChampionBeforeThePresentOneComesBack(String history, long expected) {
        assertThat(RollbackPlan.target(entries(history), version -> true)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"P1", "P1 P2 B1", "R1", "P1 R2"})
    void thereMayBeNothingToGoBackTo(String history) {
        assertThat(RollbackPlan.target(entries(history), version -> true)).isEmpty();
    }

    @Test
    void anEmptyHistoryHasNoChampion() {
        assertThat(RollbackPlan.target(List.of(), version -> true)).isEmpty();
    }

    private static List<HistoryEntry> entries(String text) {
        var entries = new ArrayList<HistoryEntry>();
        for (var word : text.split(" ")) {
            var change = switch (word.charAt(0)) {
                case 'P' -> Change.PROMOTED;
                case 'R' -> Change.REJECTED;
                default -> Change.ROLLED_BACK;
            };
            entries.add(new HistoryEntry(Long.parseLong(word.substring(1)), change, null, "", Instant.EPOCH));
        }
        return entries;
    }
}
