/** The whole ingest-service, in a process of its own on a real broker and database, against bare Kafka clients. */
@NullMarked
package dev.tideline.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
