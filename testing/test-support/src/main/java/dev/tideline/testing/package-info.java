/** What tests of several modules share: one real Kafka and one real PostgreSQL per JVM, and the house rules as checks. */
@NullMarked
package dev.tideline.testing;

import org.jspecify.annotations.NullMarked;
