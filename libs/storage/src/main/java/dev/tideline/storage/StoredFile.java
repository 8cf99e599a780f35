package dev.tideline.storage;

import java.time.Instant;

/**
 * @param key      names joined by '/'
 * @param modified when it got there, by the storage's clock
 */
public record StoredFile(String key, long bytes, Instant modified) {}
