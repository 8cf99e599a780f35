/** The service with a bucket as its storage root, on a real server that speaks S3. */
@NullMarked
package dev.tideline.ingest.bucket;

import org.jspecify.annotations.NullMarked;
