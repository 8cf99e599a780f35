package dev.tideline.monitoring.backtest;

import dev.tideline.monitoring.backtest.Run.Mark;
import java.util.function.IntConsumer;

/** The rival: a new version every so many rows, on the newest labelled ones, deployed whatever it is worth; or never. */
final class ScheduleReplay {

    static final int NEVER = Integer.MAX_VALUE;
    /** Rows that such a version is trained on. */
    static final int WINDOW = 2_000;

    private ScheduleReplay() {}

    /** @param every rows between two trainings */
    static Run run(String name, int every, History history, int past, int delay, Version first, Laboratory laboratory, IntConsumer progress) {
        Run run = new Run(name, past, history.size());
        Live live = new Live(laboratory, history.size(), first);
        for (int row = past; row < history.size(); row++) {
            run.answered(row, live.answer(row).label().equals(history.labels().get(row)));
            int labelled = row + 1 - delay;
            if ((row + 1 - past) % every == 0 && labelled > 0) {
                switch (laboratory.train(Math.max(0, labelled - WINDOW), labelled, null)) {
                    case Laboratory.Outcome.Trained(Version version) -> {
                        run.trained(version.seconds());
                        run.mark(row, Mark.Kind.TRAINED, version.rows() + " rows");
                        run.mark(row, Mark.Kind.DEPLOYED, "version " + version.number());
                        live.deploy(version);
                    }
                    case Laboratory.Outcome.Failed(String reason) -> run.mark(row, Mark.Kind.FAILED, reason);
                }
            }
            progress.accept(row);
        }
        return run;
    }
}
