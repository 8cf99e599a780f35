package dev.tideline.ingest.version;

import org.jspecify.annotations.Nullable;

/**
 * Where a slice lies in its file. A TFRecord file is a run of framed records without a header, so these bytes are a TFRecord file of
 * exactly the slice's records.
 *
 * @param first  first byte
 * @param bytes  number of bytes
 * @param sha256 of these bytes; null when they are a whole file whose SHA-256 nobody has asked for yet
 */
record SliceBytes(long first, long bytes, @Nullable String sha256) {}
