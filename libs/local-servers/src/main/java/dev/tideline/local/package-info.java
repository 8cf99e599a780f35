/** Starts a real Kafka broker and a real PostgreSQL on this machine, without Docker and without installation. */
@NullMarked
package dev.tideline.local;

import org.jspecify.annotations.NullMarked;
