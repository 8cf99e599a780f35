package dev.tideline.training.evaluation;

import java.util.Arrays;

/** Labels and answers of a model, gathered batch by batch. */
public final class Answers {

    private final int width;
    private final int labelWidth;
    private float[] scores = new float[0];
    private double[] labels = new double[0];
    private double[] weights = new double[0];
    private int count;

    /** @param width answers per example: 1 for a probability or a prediction, the number of classes or quantiles otherwise */
    public Answers(int width) {
        this(width, 1);
    }

    /** @param labelWidth labels per example: 1, but for a multilabel head as many as answers */
    public Answers(int width, int labelWidth) {
        this.width = width;
        this.labelWidth = labelWidth;
    }

    /**
     * @param label class index, or the true number; negative or NaN for a label that is no class
     * @param row   {@code width} answers
     */
    public void add(double label, float... row) {
        add(new double[] {label}, row);
    }

    /** @param truth {@code labelWidth} labels, each 0 or 1 */
    public void add(double[] truth, float[] row) {
        addWeighted(truth, 1, row);
    }

    /** @param weight of the example, at least 0 */
    public void addWeighted(double[] truth, double weight, float[] row) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: at least 0, finite)");
        }
        if (row.length != width) {
            throw new IllegalArgumentException("answers: " + row.length + " (expected: " + width + ")");
        }
        if (truth.length != labelWidth) {
            throw new IllegalArgumentException("labels: " + truth.length + " (expected: " + labelWidth + ")");
        }
        if (labels.length < (count + 1) * labelWidth) {
            int room = Math.max(1_024, count * 2);
            labels = Arrays.copyOf(labels, Math.multiplyExact(room, labelWidth));
            weights = Arrays.copyOf(weights, room);
            scores = Arrays.copyOf(scores, Math.multiplyExact(room, width));
        }
        weights[count] = weight;
        System.arraycopy(truth, 0, labels, count * labelWidth, labelWidth);
        System.arraycopy(row, 0, scores, count * width, width);
        count++;
    }

    public int count() {
        return count;
    }

    public int width() {
        return width;
    }

    public double label(int example) {
        return label(example, 0);
    }

    public double label(int example, int index) {
        return labels[example * labelWidth + index];
    }

    public double weight(int example) {
        return weights[example];
    }

    public float score(int example, int answer) {
        return scores[example * width + answer];
    }

    /** Adds all of {@code others}, such as the answers of another worker. */
    public void addAll(Answers others) {
        for (int i = 0; i < others.count; i++) {
            copy(others, i);
        }
    }

    /** The given examples, in the given order. */
    public Answers take(int... examples) {
        var taken = new Answers(width, labelWidth);
        for (int example : examples) {
            taken.copy(this, example);
        }
        return taken;
    }

    private void copy(Answers from, int example) {
        addWeighted(Arrays.copyOfRange(from.labels, example * from.labelWidth, (example + 1) * from.labelWidth),
            from.weights[example], Arrays.copyOfRange(from.scores, example * from.width, (example + 1) * from.width));
    }
}
