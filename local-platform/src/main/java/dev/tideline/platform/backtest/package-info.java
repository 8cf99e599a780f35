/** Runs a backtest: monitoring-service's replay as a process, its messages as bars and lines. */
@NullMarked
package dev.tideline.platform.backtest;

import org.jspecify.annotations.NullMarked;
