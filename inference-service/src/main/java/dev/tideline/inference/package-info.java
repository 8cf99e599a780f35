/** The inference service: loads the versions that should be live, batches requests, answers, and logs what it answered. */
@NullMarked
package dev.tideline.inference;

import org.jspecify.annotations.NullMarked;
