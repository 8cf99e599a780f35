package dev.tideline.starter.storage;

import dev.tideline.storage.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where shards, dataset versions and models live. All services see the same place.
 *
 * @param root      a folder, made at start when missing, or {@code s3://bucket/prefix} with a bucket that exists; must be writable
 * @param startWait how long a start waits for a bucket whose server does not answer, before it ends
 * @param drafts    folder of this machine for files on their way to a bucket; unused with a folder as root
 * @param copies    folder of this machine for copies of what is read from a bucket, and for work in progress; unused with a folder as root
 * @param s3        used with a bucket
 */
@ConfigurationProperties("tideline.storage")
public record StorageProperties(
        @DefaultValue("data/storage") String root, @DefaultValue("2m") Duration startWait, @DefaultValue("data/drafts") Path drafts,
        @DefaultValue Copies copies, @DefaultValue S3 s3) {

    /**
     * @param folder services of a machine may share it
     * @param keep   copies that nobody asked for in that time are removed; longer than a training job may run
     */
    public record Copies(@DefaultValue("data/copies") Path folder, @DefaultValue("7d") Duration keep) {}

    /**
     * @param endpoint       address of a server other than Amazon's
     * @param region         region of the bucket; without it, where the SDK finds one
     * @param pathStyle      put the bucket into the path instead of the host name; most servers other than Amazon's want it
     * @param accessKey      name of the key; without it, the SDK looks for credentials in environment, profile, container and machine
     * @param secretKey      goes with the access key
     * @param partSize       files larger than this go up in parts
     * @param connectTimeout longest wait for a connection
     * @param timeout        longest time that one request may take, its part of a file included
     * @param retries        tries of a request after the first
     */
    public record S3(
            @Nullable URI endpoint, @Nullable String region, @DefaultValue("false") boolean pathStyle, @Nullable String accessKey,
            @Nullable String secretKey, @DefaultValue("16MB") DataSize partSize, @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("60s") Duration timeout, @DefaultValue("2") int retries) {

        /** The same as the storage takes it. */
        public S3Settings settings() {
            return new S3Settings(endpoint, region, pathStyle, accessKey, secretKey, partSize.toBytes(), connectTimeout, timeout, retries);
        }

        @Override
        public String toString() {
            return settings().toString();
        }
    }
}
