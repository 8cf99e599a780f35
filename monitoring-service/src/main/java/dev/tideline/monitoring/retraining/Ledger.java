package dev.tideline.monitoring.retraining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What trainings cost, and since when.
 *
 * @param spent              requests of the last 24 hours
 * @param archivedAtTraining archived rows at the last request
 * @param trainedRows        records that the last request asked for; 0 before the first
 * @param archivedAtLive     archived rows when the live version took over
 * @param liveSince          when that was; null before the first
 * @param scheduled          when the clock asked last; null before the policy's first look at the clock
 */
public record Ledger(
        List<Spent> spent, long archivedAtTraining, long trainedRows, long archivedAtLive, @Nullable Instant liveSince,
        @Nullable Instant scheduled) {

    static final Ledger EMPTY = new Ledger(List.of(), 0, 0, 0, null, null);
    private static final Duration DAY = Duration.ofDays(1);

    /** A request and how long it took until its answer; zero until then. */
    public record Spent(Instant at, Duration took) {}

    public Ledger {
        spent = List.copyOf(spent);
    }

    Ledger requested(Instant now, long archived, long rows) {
        List<Spent> day = new ArrayList<>(recent(now));
        day.add(new Spent(now, Duration.ZERO));
        return new Ledger(day, archived, rows, archivedAtLive, liveSince, scheduled);
    }

    /** The newest request has its answer. The first one counts: how long a person thinks about a candidate is no training. */
    Ledger answered(Instant now) {
        if (spent.isEmpty() || !spent.getLast().took().isZero()) {
            return this;
        }
        List<Spent> day = new ArrayList<>(spent);
        Instant at = day.removeLast().at();
        day.add(new Spent(at, Duration.between(at, now)));
        return new Ledger(day, archivedAtTraining, trainedRows, archivedAtLive, liveSince, scheduled);
    }

    /** A version took over; the first one's training was not requested here. */
    Ledger live(Instant now, long archived) {
        long training = liveSince == null && trainedRows == 0 ? archived : archivedAtTraining;
        return new Ledger(spent, training, trainedRows, archived, now, scheduled);
    }

    Ledger looked(Instant now) {
        return new Ledger(spent, archivedAtTraining, trainedRows, archivedAtLive, liveSince, now);
    }

    /** Why nothing may be requested now; null when something may. */
    @Nullable String exhausted(RetrainingPolicy.Budget budget, Instant now) {
        List<Spent> day = recent(now);
        if (day.isEmpty()) {
            return null;
        }
        if (day.size() >= budget.trainings()) {
            return day.size() + " trainings in 24 hours, until " + day.get(day.size() - budget.trainings()).at().plus(DAY);
        }
        Duration time = day.stream().map(Spent::took).reduce(Duration.ZERO, Duration::plus);
        return time.compareTo(budget.time()) >= 0
                ? time + " of training in 24 hours, at least until " + day.getFirst().at().plus(DAY) : null;
    }

    private List<Spent> recent(Instant now) {
        return spent.stream().filter(each -> each.at().plus(DAY).isAfter(now)).toList();
    }
}
