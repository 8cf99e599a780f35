package dev.tideline.monitoring.backtest;

import dev.tideline.monitoring.backtest.Run.Mark;
import java.util.List;
import java.util.Locale;

/** Accuracy over the rows as an SVG drawing: a line per run, and where the policy deployed or was refused. */
final class Picture {

    private static final int WIDTH = 1_060;
    private static final int HEIGHT = 380;
    private static final int LEFT = 46;
    private static final int RIGHT = 14;
    private static final int TOP = 14;
    private static final int BOTTOM = 34;
    /** Points of a line. */
    private static final int POINTS = 200;
    private static final int GRID = 5;

    private final int past;
    private final int rows;
    private final List<Run> runs;
    private final double lowest;

    Picture(int past, int rows, List<Run> runs) {
        this.past = past;
        this.rows = rows;
        this.runs = runs;
        double least = 1;
        for (Run run : runs) {
            for (int i = 1; i <= POINTS; i++) {
                least = Math.min(least, accuracy(run, i));
            }
        }
        this.lowest = Math.floor(least * 10) / 10;
    }

    String svg() {
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"accuracy over the rows\">", WIDTH, HEIGHT));
        grid(svg);
        marks(svg, runs.getLast());
        for (int i = 0; i < runs.size(); i++) {
            line(svg, runs.get(i), i == runs.size() - 1 ? "policy" : "rival" + i);
        }
        return svg.append("</svg>").toString();
    }

    private void grid(StringBuilder svg) {
        for (int i = 0; i <= GRID; i++) {
            double share = lowest + (1 - lowest) * i / GRID;
            svg.append(String.format(Locale.ROOT, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y(share), y(share)));
            svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%.1f\" class=\"side\">%.0f %%</text>", LEFT - 6, y(share) + 4, share * 100));
            int row = past + (int) ((long) (rows - past) * i / GRID);
            svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\" class=\"%s\">%,d</text>", x(row), HEIGHT - 10, i == GRID ? "side" : "foot", row));
        }
    }

    private void marks(StringBuilder svg, Run run) {
        for (Mark mark : run.marks()) {
            String look = switch (mark.kind()) {
                case DEPLOYED -> "deployed";
                case REJECTED, FAILED -> "rejected";
                case ALARM, TRAINED, BLOCKED -> null;
            };
            if (look != null) {
                svg.append(String.format(Locale.ROOT, "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"><title>row %,d: %s</title></line>",
                        look, x(mark.row()), x(mark.row()), TOP, HEIGHT - BOTTOM, mark.row() + 1, Page.escape(mark.text())));
            }
        }
    }

    private void line(StringBuilder svg, Run run, String look) {
        svg.append("<polyline class=\"").append(look).append("\" points=\"");
        for (int i = 1; i <= POINTS; i++) {
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(end(i)), y(accuracy(run, i))));
        }
        svg.append("\"><title>").append(Page.escape(run.name())).append("</title></polyline>");
    }

    private int end(int point) {
        return past + (int) ((long) (rows - past) * point / POINTS);
    }

    /** Over the rows that end at a point: a fiftieth of all. */
    private double accuracy(Run run, int point) {
        int end = end(point);
        return run.accuracy(Math.max(past, end - Math.max(1, (rows - past) / 50)), end);
    }

    private double x(int row) {
        return LEFT + (double) (row - past) / (rows - past) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double share) {
        return TOP + (1 - share) / (1 - lowest) * (HEIGHT - TOP - BOTTOM);
    }
}
