/** What the tests of all packages share: the service on a real Kafka and PostgreSQL, and short ways to talk to it. */
@NullMarked
package dev.tideline.ingest.support;

import org.jspecify.annotations.NullMarked;
