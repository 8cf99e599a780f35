package dev.tideline.ingest.dataset;

import org.jspecify.annotations.Nullable;

/**
 * One difference between two schemas.
 *
 * @param pointer    what changed: {@code /label}, {@code /features/temp/domain}
 * @param from       how it was; null when it was absent
 * @param to         how it is; null when it is absent
 * @param compatible whether data and models of the older schema stay valid
 * @param rule       what would be compatible
 */
record SchemaChange(String pointer, @Nullable String from, @Nullable String to, boolean compatible, String rule) {}
