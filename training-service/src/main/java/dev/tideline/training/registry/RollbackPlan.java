package dev.tideline.training.registry;

import dev.tideline.contracts.ModelVersionEvent.Change;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** Which champion to go back to. Pure. */
final class RollbackPlan {

    private RollbackPlan() {}

    /**
     * The champion before the present one. Rolling back twice goes two champions back, not forth again.
     *
     * @param history oldest first
     */
    static Optional<Long> target(List<HistoryEntry> history) {
        var champions = new ArrayDeque<Long>();
        for (var entry : history) {
            if (entry.change() == Change.PROMOTED) {
                champions.push(entry.version());
            } else if (entry.change() == Change.ROLLED_BACK) {
                champions.poll();
            }
        }
        champions.poll();
        return Optional.ofNullable(champions.peek());
    }
}
