package dev.tideline.training.registry;

import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.ModelVersionEvent.Change;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.training.registry.AuditEntry.Action;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What people do with versions besides making one champion. Each change is one transaction with its entry in the audit. */
@Component
final class Curation {

    private static final Pattern ALIAS = Pattern.compile("[a-z][a-z0-9_-]{0,49}");
    private static final int LISTED = 500;

    private final Registry registry;
    private final JdbcRegistry tables;
    private final JdbcAudit audit;
    private final Deletions deletions;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Curation(Registry registry, JdbcRegistry tables, JdbcAudit audit, Deletions deletions, TransactionTemplate transaction, InstantSource clock) {
        this.registry = registry;
        this.tables = tables;
        this.audit = audit;
        this.deletions = deletions;
        this.transaction = transaction;
        this.clock = clock;
    }

    void setAlias(String model, String alias, long version, String actor, @Nullable String reason) {
        movable(alias);
        transaction.executeWithoutResult(status -> {
            tables.lock(model);
            registry.version(model, version);
            var previous = tables.aliases(model).get(alias);
            if (previous != null && previous == version) {
                return;
            }
            tables.alias(model, alias, version);
            audit.append(model, new AuditEntry(version, Action.ALIAS_SET, alias, previous, actor, or(reason, "set by hand"), clock.instant()));
        });
    }

    void removeAlias(String model, String alias, String actor, @Nullable String reason) {
        movable(alias);
        transaction.executeWithoutResult(status -> {
            tables.lock(model);
            long version = tables.removeAlias(model, alias).orElseThrow(() -> new TidelineException(RegistryError.UNKNOWN_ALIAS,
                "alias: " + alias + " of model " + model + " (expected: one of " + tables.aliases(model).keySet() + ")"));
            audit.append(model, new AuditEntry(version, Action.ALIAS_REMOVED, alias, version, actor, or(reason, "removed by hand"),
                clock.instant()));
        });
    }

    /** Never a version that an alias points to, so never the one that answers. */
    void delete(String model, long version, String actor, @Nullable String reason) {
        transaction.executeWithoutResult(status -> {
            tables.lock(model);
            var doomed = registry.version(model, version);
            var aliases = tables.aliases(model).entrySet().stream().filter(alias -> alias.getValue() == version)
                .map(java.util.Map.Entry::getKey).toList();
            if (!aliases.isEmpty()) {
                throw new TidelineException(RegistryError.VERSION_IN_USE, "version: " + version + " of model " + model + " is "
                    + String.join(" and ", aliases) + " (expected: a version without alias)");
            }
            tables.doom(model, version);
            var why = or(reason, "deleted by hand");
            audit.append(model, new AuditEntry(version, Action.DELETED, null, null, actor, why, clock.instant()));
            registry.announce(doomed, Change.WITHDRAWN, why);
        });
        deletions.finish();
    }

    VersionComparison compare(String model, long left, long right) {
        var one = registry.version(model, left);
        var other = registry.version(model, right);
        return VersionComparison.of(one, other, tables.definition(one.job()).orElse(null), tables.definition(other.job()).orElse(null));
    }

    List<AuditEntry> audit(String model) {
        return audit.of(model, LISTED);
    }

    private static void movable(String alias) {
        if (alias.equals(ModelVersionEvent.CHAMPION) || !ALIAS.matcher(alias).matches()) {
            throw new TidelineException(RegistryError.INVALID_ALIAS, "alias: " + alias
                + " (expected: a small letter, then small letters, digits, _ or -, at most 50; champion is moved by promoting)");
        }
    }

    private static String or(@Nullable String reason, String otherwise) {
        return reason == null ? otherwise : reason;
    }
}
