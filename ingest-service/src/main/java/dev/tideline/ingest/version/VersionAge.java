package dev.tideline.ingest.version;

import java.time.Instant;

/** When a version was sealed. */
public record VersionAge(long version, Instant sealedAt) {}
