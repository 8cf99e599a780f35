package dev.tideline.storage;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to talk to S3. What is null is found as Amazon's SDK finds it: environment, profile, container, machine.
 *
 * @param endpoint       address of a server other than Amazon's
 * @param region         of the bucket
 * @param pathStyle      bucket in the path instead of in the host name; most servers other than Amazon's want it
 * @param accessKey      given together with {@code secretKey}, or not at all
 * @param partBytes      files larger than this go up in parts of this many bytes; 5 MiB to 5 GiB
 * @param connectTimeout longest wait for a connection
 * @param timeout        longest time that one request may take, its part of a file included
 * @param retries        tries of one request after the first
 */
public record S3Settings(
        @Nullable URI endpoint, @Nullable String region, boolean pathStyle, @Nullable String accessKey, @Nullable String secretKey,
        long partBytes, Duration connectTimeout, Duration timeout, int retries) {

    /** The least that S3 takes as a part that is not the last one. */
    public static final long MIN_PART = 5 << 20;
    /** The most that S3 takes in one request. */
    public static final long MAX_PART = 5L << 30;

    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint + ", region=" + region + ", pathStyle=" + pathStyle + ", accessKey=" + accessKey
                + ", secretKey=" + (secretKey == null ? null : "***") + ", partBytes=" + partBytes + ", connectTimeout=" + connectTimeout
                + ", timeout=" + timeout + ", retries=" + retries + "]";
    }
}
