package dev.tideline.ingest.intake;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as it came.
 *
 * @param type     value of Content-Type
 * @param encoding value of Content-Encoding
 * @param length   value of Content-Length; null when the client does not tell
 */
record RecordBody(@Nullable String type, @Nullable String encoding, @Nullable Long length, InputStream in) {}
