package dev.tideline.monitoring.backtest;

import java.util.List;

/** The version that answers now. Its answers are fetched ahead in blocks, because a block costs little more than a row. */
final class Live {

    private static final int BLOCK = 2_000;

    private final Laboratory laboratory;
    private final int rows;
    private Version version;
    private List<Laboratory.Answer> ahead = List.of();
    private int first;

    Live(Laboratory laboratory, int rows, Version version) {
        this.laboratory = laboratory;
        this.rows = rows;
        this.version = version;
    }

    Version version() {
        return version;
    }

    void deploy(Version next) {
        version = next;
        ahead = List.of();
    }

    Laboratory.Answer answer(int row) {
        if (row < first || row >= first + ahead.size()) {
            first = row;
            ahead = laboratory.answers(version, row, Math.min(rows, row + BLOCK));
        }
        return ahead.get(row - first);
    }
}
