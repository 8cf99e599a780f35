package dev.tideline.training.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change that somebody made.
 *
 * @param alias    that was moved; null when the change is about no alias
 * @param previous what the alias pointed to before
 * @param actor    name of the authenticated caller, {@code anonymous}, or {@code gate}
 */
record AuditEntry(
        long version, Action action, @Nullable String alias, @Nullable Long previous, String actor, String reason, Instant at) {

    enum Action { ADDED, PROMOTED, ROLLED_BACK, ALIAS_SET, ALIAS_REMOVED, DELETED }

    static final String GATE = "gate";
}
