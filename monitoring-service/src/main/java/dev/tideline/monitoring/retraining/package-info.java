/**
 * Decides when a model is trained again and on which rows. The decision is a pure state machine over observations; every
 * transition is kept with its evidence, and a request leaves through the outbox in the transaction that moved the state.
 */
@NullMarked
package dev.tideline.monitoring.retraining;

import org.jspecify.annotations.NullMarked;
