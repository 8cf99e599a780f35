package dev.tideline.monitoring.archive;

import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The rules of all models, in memory: they are asked for with every label. What another instance changed is known here a few seconds
 * later. While PostgreSQL is away the last known rules hold; as long as none were ever read, nothing is answered, because a row
 * that was to be redacted cannot be taken back.
 */
@Component
public final class ArchiveRules {

    private static final Logger log = LoggerFactory.getLogger(ArchiveRules.class);
    private static final int SECRET_BYTES = 32;

    private final JdbcArchiveRules store;
    private final InstantSource clock;
    private final RandomGenerator random;
    private volatile @Nullable Map<String, Known> known;

    ArchiveRules(JdbcArchiveRules store, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /** A rule, ready for use. */
    record Known(ArchiveRule rule, Redactor redactor) {

        static final Known NONE = new Known(ArchiveRule.defaults(), new Redactor(ArchiveRule.defaults().redact(), new byte[1]));

        static Known of(ArchiveRule rule, byte[] secret) {
            return new Known(rule, new Redactor(rule.redact(), secret));
        }
    }

    /** Hides what must not be seen of predictions of {@code model}. */
    public Redactor redactor(String model) {
        return of(model).redactor();
    }

    Known of(String model) {
        Map<String, Known> rules = known;
        if (rules == null) {
            rules = store.all();
            known = rules;
        }
        return rules.getOrDefault(model, Known.NONE);
    }

    void replace(String model, ArchiveRule rule) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        store.save(model, rule, secret, clock.instant());
        known = store.all();
    }

    @Scheduled(fixedDelay = 5_000, initialDelay = 5_000)
    void refresh() {
        try {
            known = store.all();
        } catch (DataAccessException | TransactionException away) {
            log.warn("archive rules: not read, the last known ones hold: {}", away.getMessage());
        }
    }
}
