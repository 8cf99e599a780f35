package dev.tideline.ingest.sealing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;

/** Points in time at which a dataset is sealed; the same for every instance, whenever it started. */
sealed interface Schedule {

    /** The first point after {@code time}; empty when there is none. */
    Optional<Instant> next(Instant time);

    /** The last point that is not after {@code now}, given that {@code due} is one. What lies between was missed. */
    Instant latest(Instant due, Instant now);

    /** Whole multiples of {@code every} since 1970-01-01T00:00Z. */
    record Every(Duration every) implements Schedule {

        @Override
        public Optional<Instant> next(Instant time) {
            return Optional.of(floor(time).plus(every));
        }

        @Override
        public Instant latest(Instant due, Instant now) {
            Instant last = floor(now);
            return last.isBefore(due) ? due : last;
        }

        private Instant floor(Instant time) {
            long step = every.toSeconds();
            return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), step) * step);
        }
    }

    /** A cron expression with seconds, in a time zone: a local time that a change of the clock skips or repeats counts once. */
    record Cron(CronExpression cron, ZoneId zone) implements Schedule {

        /** Looked back over in this order, so that a schedule by the second is not walked through from last year on. */
        private static final List<Duration> STEPS = List.of(Duration.ofMinutes(2), Duration.ofHours(2), Duration.ofDays(2), Duration.ofDays(62));

        @Override
        public Optional<Instant> next(Instant time) {
            LocalDateTime local = cron.next(time.atZone(zone).toLocalDateTime());
            // In a repeated hour, a local time that is still to come may stand for a moment that is over.
            while (local != null && !local.atZone(zone).toInstant().isAfter(time)) {
                local = cron.next(local);
            }
            return Optional.ofNullable(local).map(next -> next.atZone(zone).toInstant());
        }

        @Override
        public Instant latest(Instant due, Instant now) {
            for (Duration step : STEPS) {
                Instant from = now.minus(step);
                if (from.isAfter(due)) {
                    Instant last = walk(from, now);
                    if (last.isAfter(from)) {
                        return last;
                    }
                }
            }
            return walk(due, now);
        }

        private Instant walk(Instant from, Instant now) {
            Instant last = from;
            Optional<Instant> next = next(from);
            while (next.isPresent() && !next.get().isAfter(now)) {
                last = next.get();
                next = next(last);
            }
            return last;
        }
    }
}
