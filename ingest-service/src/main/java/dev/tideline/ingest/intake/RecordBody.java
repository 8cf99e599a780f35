package dev.tideline.ingest.intake;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as it came.
 *
 * @param type     value of Content-Type
 * @param encoding value of Content-Encoding
 */
record RecordBody(@Nullable String type, @Nullable String encoding, InputStream in) {}
