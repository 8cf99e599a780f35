package dev.tideline.training.evaluation;

import java.util.Arrays;

/** Labels and answers of a model, gathered batch by batch. */
public final class Answers {

    private final int width;
    private float[] scores = new float[0];
    private double[] labels = new double[0];
    private int count;

    /** @param width answers per example: 1 for a probability or a prediction, the number of classes otherwise */
    public Answers(int width) {
        this.width = width;
    }

    /**
     * @param label class index, or the true number; negative or NaN for a label that is no class
     * @param row   {@code width} answers
     */
    public void add(double label, float... row) {
        if (row.length != width) {
            throw new IllegalArgumentException("answers: " + row.length + " (expected: " + width + ")");
        }
        if (count == labels.length) {
            labels = Arrays.copyOf(labels, Math.max(1_024, count * 2));
            scores = Arrays.copyOf(scores, labels.length * width);
        }
        labels[count] = label;
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
        return labels[example];
    }

    public float score(int example, int answer) {
        return scores[example * width + answer];
    }
}
