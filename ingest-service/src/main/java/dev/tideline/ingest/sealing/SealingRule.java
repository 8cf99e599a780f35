package dev.tideline.ingest.sealing;

import org.jspecify.annotations.Nullable;

/**
 * When a dataset is sealed without being asked; at least one of the two.
 *
 * @param everyRecords records committed since the last version, whoever asked for that; null when count plays no part
 * @param schedule     null when time plays no part
 */
record SealingRule(SealingWindow window, @Nullable Long everyRecords, @Nullable Schedule schedule) {}
