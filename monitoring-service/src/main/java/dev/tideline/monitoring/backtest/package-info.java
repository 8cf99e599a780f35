/**
 * Replays a labelled history through detectors, drift verdicts, the retraining policy, real training and the gate, without Kafka and
 * PostgreSQL. A process of its own, started by the launcher; training runs in a process that it starts.
 */
@NullMarked
package dev.tideline.monitoring.backtest;

import org.jspecify.annotations.NullMarked;
