package dev.tideline.starter.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a batch into rounds that hold each topic and key at most once. With one record of a key in flight, a failed send cannot
 * be overtaken by the next record of that key.
 */
final class Rounds {

    private Rounds() {}

    static List<List<OutboxEntry>> of(List<OutboxEntry> batch) {
        List<List<OutboxEntry>> rounds = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (OutboxEntry entry : batch) {
            int round = seen.merge(entry.lane(), 1, Integer::sum) - 1;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(entry);
        }
        return rounds;
    }
}
