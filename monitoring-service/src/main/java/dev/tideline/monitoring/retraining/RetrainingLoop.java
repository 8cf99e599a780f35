package dev.tideline.monitoring.retraining;

import java.time.Instant;

/** The state machine of the loop: what one observation changes. Pure; the same arguments give the same decision. */
final class RetrainingLoop {

    private RetrainingLoop() {}

    static Decision decide(LoopState state, RetrainingPolicy policy, Observation observation, Instant now) {
        var turn = new Turn(state, policy, now);
        switch (observation) {
            case Observation.WindowJudged window -> turn.window(window);
            case Observation.ErrorWarning warning -> turn.warning(warning);
            case Observation.ErrorAlarm alarm -> turn.alarm(alarm);
            case Observation.AccuracyMeasured measured -> turn.accuracy(measured);
            case Observation.RowsArchived rows -> turn.archived(rows);
            case Observation.TrainingMoved moved -> turn.training(moved);
            case Observation.ChampionNamed champion -> turn.champion(champion.version());
            case Observation.VersionDeployed deployed -> turn.deployed(deployed.version());
            case Observation.VersionWithdrawn withdrawn -> turn.withdrawn(withdrawn.version());
            case Observation.ManualRequest manual -> turn.manual(manual);
            case Observation.RolledBack rolled -> turn.rolledBack(rolled);
            case Observation.Approved approved -> turn.approved(approved);
            case Observation.Refused refused -> turn.refused(refused);
            case Observation.Tick tick -> { }
        }
        new Settling(turn).settle();
        return turn.decision();
    }
}
