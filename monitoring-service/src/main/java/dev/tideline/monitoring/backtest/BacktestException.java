package dev.tideline.monitoring.backtest;

import java.util.List;

/** The backtest cannot go on, for reasons that the person who asked for it can read and change. */
final class BacktestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BacktestException(List<String> problems) {
        super(String.join("\n", problems));
    }

    BacktestException(String problem) {
        super(problem);
    }

    BacktestException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
