package dev.tideline.monitoring.prediction;

import dev.tideline.monitoring.prediction.JdbcPredictions.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Remembers predictions and outcomes, and forgets whole days of them. */
@Component
final class Recording {

    private static final Logger log = LoggerFactory.getLogger(Recording.class);

    private enum Result { RECORDED, REPEATED, TOO_OLD, FULL }

    private final JdbcPredictions predictions;
    private final PredictionProperties properties;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Set<LocalDate> days = new ConcurrentSkipListSet<>();

    Recording(JdbcPredictions predictions, PredictionProperties properties, PlatformTransactionManager transactions, InstantSource clock,
            MeterRegistry meters) {
        this.predictions = predictions;
        this.properties = properties;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.meters = meters;
    }

    void predictions(List<Whereabouts> rows) {
        record(rows, Whereabouts::logged, predictions::add);
    }

    void outcomes(List<Outcome> rows) {
        record(rows, Outcome::at, predictions::addOutcomes);
    }

    /** Forgets what is too old, and the oldest day while there is too much. */
    @Scheduled(fixedDelay = 600_000, initialDelay = 30_000)
    void sweep() {
        try {
            LocalDate oldest = oldest();
            predictions.days().stream().filter(day -> day.isBefore(oldest)).forEach(this::forget);
        } catch (DataAccessException | TransactionException away) {
            log.warn("recorded predictions: not swept, {}", away.getMessage());
        }
    }

    private <T> void record(List<T> rows, Function<T, Instant> time, BiFunction<LocalDate, List<T>, Integer> add) {
        LocalDate today = JdbcPredictions.day(clock.instant());
        LocalDate oldest = oldest();
        // A wrong clock of a sender must not make a partition for the year 2999.
        TreeMap<LocalDate, List<T>> byDay = rows.stream().collect(Collectors.groupingBy(row -> {
            LocalDate day = JdbcPredictions.day(time.apply(row));
            return day.isAfter(today) ? today : day;
        }, TreeMap::new, Collectors.toList()));
        byDay.forEach((day, part) -> {
            if (day.isBefore(oldest)) {
                count(Result.TOO_OLD, part.size());
            } else if (makeRoom(part.size(), day)) {
                int added = insert(day, part, add);
                count(Result.RECORDED, added);
                count(Result.REPEATED, part.size() - added);
            } else {
                count(Result.FULL, part.size());
            }
        });
    }

    private <T> int insert(LocalDate day, List<T> rows, BiFunction<LocalDate, List<T>, Integer> add) {
        if (!days.contains(day)) {
            transaction.executeWithoutResult(status -> predictions.addDay(day));
            days.add(day);
        }
        Integer added = transaction.execute(status -> add.apply(day, rows));
        return added == null ? 0 : added;
    }

    /** False when only days from {@code day} on could give way. */
    private boolean makeRoom(int rows, LocalDate day) {
        while (predictions.rows() + rows > properties.maxRows()) {
            TreeSet<LocalDate> known = new TreeSet<>(predictions.days());
            if (known.isEmpty() || !known.first().isBefore(day)) {
                return false;
            }
            log.warn("recorded predictions: over {} rows, those of {} are forgotten early (tideline.monitoring.prediction.max-rows)",
                    properties.maxRows(), known.first());
            forget(known.first());
        }
        return true;
    }

    private void forget(LocalDate day) {
        transaction.executeWithoutResult(status -> predictions.dropDay(day));
        days.remove(day);
    }

    private LocalDate oldest() {
        return JdbcPredictions.day(clock.instant().minus(properties.keep()));
    }

    private void count(Result result, int rows) {
        if (rows > 0) {
            meters.counter("tideline.predictions.recorded", "result", result.name()).increment(rows);
        }
    }
}
