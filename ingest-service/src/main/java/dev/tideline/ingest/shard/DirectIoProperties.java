package dev.tideline.ingest.shard;

import dev.tideline.tfrecord.DirectIo;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Used with a folder as storage root.
 *
 * @param enabled whether shard files are written past the system's cache where the file system allows it
 * @param buffers memory for that in MiB, outside the heap; a file wants two while it is written, and one that finds none goes through the cache
 */
@Validated
@ConfigurationProperties("tideline.ingest.direct-io")
record DirectIoProperties(@DefaultValue("true") boolean enabled, @DefaultValue("32") @Min(1) @Max(4096) int buffers) {

    /** More writes to a device at a time than it takes to keep it busy only wait in its own queue. */
    private static final int THREADS = 4;

    @Nullable DirectIo open() {
        return enabled ? new DirectIo(buffers, THREADS) : null;
    }
}
