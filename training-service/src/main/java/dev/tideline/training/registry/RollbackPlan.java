package dev.tideline.training.registry;

import dev.tideline.contracts.ModelVersionEvent.Change;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Which champion to go back to. Pure. */
final class RollbackPlan {

    private RollbackPlan() {}

    /**
     * The champion before the present one. Rolling back twice goes two champions back, not forth again.
     *
     * @param history oldest first
     * @param exists  whether a version is still there
     */
    static Optional<Long> target(List<HistoryEntry> history, LongPredicate exists) {
        var champions = new ArrayDeque<Long>();
        for (var entry : history) {
            if (entry.change() == Change.PROMOTED) {
                champions.push(entry.version());
            } else if (entry.change() == Change.ROLLED_BACK) {
                champions.poll();
            }
        }
        champions.poll();
        champions.removeIf(version -> !exists.test(version));
        return Optional.ofNullable(champions.peek());
    }
}
