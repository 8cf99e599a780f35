package dev.tideline.ingest.version;

/**
 * Where a slice lies in its file. A TFRecord file is a run of framed records without a header, so these bytes are a TFRecord file of
 * exactly the slice's records.
 *
 * @param first  first byte
 * @param bytes  number of bytes
 * @param sha256 of these bytes
 */
record SliceBytes(long first, long bytes, String sha256) {}
