/** Training jobs: queue and lease in PostgreSQL, a child process per job, progress, gate and publication. */
@NullMarked
package dev.tideline.training.job;

import org.jspecify.annotations.NullMarked;
