package dev.tideline.monitoring.backtest;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What one way of retraining did over the replayed rows. */
final class Run {

    /** Something that happened at a row, for the picture and the story. */
    record Mark(int row, Kind kind, String text) {
        enum Kind { ALARM, TRAINED, DEPLOYED, REJECTED, FAILED, BLOCKED }
    }

    private final String name;
    private final int from;
    private final int rows;
    private final BitSet right;
    private final List<Mark> marks = new ArrayList<>();
    private double seconds;

    /** @param from the first row that is replayed */
    Run(String name, int from, int rows) {
        this.name = name;
        this.from = from;
        this.rows = rows;
        this.right = new BitSet(rows);
    }

    void answered(int row, boolean isRight) {
        right.set(row, isRight);
    }

    void mark(int row, Mark.Kind kind, String text) {
        marks.add(new Mark(row, kind, text));
    }

    void trained(double tookSeconds) {
        seconds += tookSeconds;
    }

    String name() {
        return name;
    }

    List<Mark> marks() {
        return List.copyOf(marks);
    }

    long count(Mark.Kind kind) {
        return marks.stream().filter(mark -> mark.kind() == kind).count();
    }

    double trainingMinutes() {
        return seconds / 60;
    }

    double accuracy() {
        return accuracy(from, rows);
    }

    /** Share of right answers to rows {@code begin} to before {@code end}. */
    double accuracy(int begin, int end) {
        return (double) right.get(begin, end).cardinality() / (end - begin);
    }
}
