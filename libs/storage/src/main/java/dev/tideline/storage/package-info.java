/**
 * Whole files under keys: in a folder of this machine, or in an S3 bucket. What a file means, and when it counts, is the business of
 * whoever writes it; here a file is there with all its bytes, or not there.
 */
@NullMarked
package dev.tideline.storage;

import org.jspecify.annotations.NullMarked;
