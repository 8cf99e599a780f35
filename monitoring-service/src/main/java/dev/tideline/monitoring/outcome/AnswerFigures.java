package dev.tideline.monitoring.outcome;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How good the answers of a window were: {@code accuracy}, {@code logLoss} (natural logarithm), {@code auc} (Mann-Whitney, ties count
 * half), {@code brier}, {@code calibrationError} (expected calibration error over ten bins of confidence, Naeini et al. 2015) for classes;
 * {@code accuracy} and {@code logLoss} over each yes or no, {@code exact}, the share of rows without a mistake, {@code microF1} over all and
 * {@code macroF1}, the mean over labels that are there or were answered, for several of them;
 * {@code mae}, {@code rmse}, {@code bias} in the label's unit for numbers. A figure that cannot be computed is left out.
 */
final class AnswerFigures {

    private static final int BINS = 10;

    private AnswerFigures() {}

    static Map<String, Double> of(List<Answer> answers) {
        Map<String, Double> figures = new LinkedHashMap<>();
        classes(answers.stream().filter(Answer.Named.class::isInstance).map(Answer.Named.class::cast).toList(), figures);
        several(answers.stream().filter(Answer.Several.class::isInstance).map(Answer.Several.class::cast).toList(), figures);
        numbers(answers.stream().filter(Answer.Measured.class::isInstance).map(Answer.Measured.class::cast).toList(), figures);
        return figures;
    }

    private static void classes(List<Answer.Named> answers, Map<String, Double> figures) {
        if (answers.isEmpty()) {
            return;
        }
        figures.put("accuracy", answers.stream().filter(Answer.Named::right).count() / (double) answers.size());
        answers.stream().map(Answer.Named::truth).filter(Objects::nonNull)
                .mapToDouble(truth -> -Math.log(Math.max(Answer.SMALLEST, truth))).average()
                .ifPresent(loss -> figures.put("logLoss", loss));
        List<Answer.Named> scored = answers.stream().filter(answer -> answer.score() != null).toList();
        if (!scored.isEmpty()) {
            figures.put("brier", scored.stream().mapToDouble(AnswerFigures::squared).average().orElseThrow());
            areaUnderCurve(scored, figures);
        }
        calibration(answers.stream().filter(answer -> answer.confidence() != null).toList(), figures);
    }

    private static double squared(Answer.Named answer) {
        double miss = score(answer) - (answer.positive() ? 1 : 0);
        return miss * miss;
    }

    private static void areaUnderCurve(List<Answer.Named> answers, Map<String, Double> figures) {
        List<Answer.Named> ordered = answers.stream().sorted(Comparator.comparingDouble(AnswerFigures::score)).toList();
        long positives = ordered.stream().filter(Answer.Named::positive).count();
        long negatives = ordered.size() - positives;
        if (positives == 0 || negatives == 0) {
            return;
        }
        double ranks = 0;
        for (int from = 0, to; from < ordered.size(); from = to) {
            long tied = 0;
            for (to = from; to < ordered.size() && score(ordered.get(to)) == score(ordered.get(from)); to++) {
                tied += ordered.get(to).positive() ? 1 : 0;
            }
            ranks += tied * (from + 1 + to) / 2.0;
        }
        figures.put("auc", (ranks - positives * (positives + 1) / 2.0) / ((double) positives * negatives));
    }

    private static void calibration(List<Answer.Named> answers, Map<String, Double> figures) {
        if (answers.isEmpty()) {
            return;
        }
        double[] gap = new double[BINS];
        for (Answer.Named answer : answers) {
            double confidence = Objects.requireNonNull(answer.confidence());
            gap[Math.min(BINS - 1, (int) (confidence * BINS))] += (answer.right() ? 1 : 0) - confidence;
        }
        double sum = 0;
        for (double bin : gap) {
            sum += Math.abs(bin);
        }
        figures.put("calibrationError", sum / answers.size());
    }

    private static void several(List<Answer.Several> answers, Map<String, Double> figures) {
        if (answers.isEmpty()) {
            return;
        }
        figures.put("accuracy", answers.stream().mapToDouble(Answer.Several::share).average().orElseThrow());
        figures.put("exact", answers.stream().filter(Answer.Several::right).count() / (double) answers.size());
        figures.put("logLoss", answers.stream().mapToDouble(Answer.Several::loss).average().orElseThrow());
        f1(answers, figures);
    }

    /** F1 = 2 TP / (2 TP + FP + FN), which is 2 TP / (said + meant). */
    private static void f1(List<Answer.Several> answers, Map<String, Double> figures) {
        Map<Integer, long[]> hitsAndAll = new HashMap<>();
        for (Answer.Several answer : answers) {
            List<Integer> said = answer.said();
            List<Integer> meant = answer.meant();
            if (said == null || meant == null) {
                return;
            }
            said.forEach(label -> hitsAndAll.computeIfAbsent(label, any -> new long[2])[1]++);
            meant.forEach(label -> hitsAndAll.computeIfAbsent(label, any -> new long[2])[1]++);
            Set<Integer> truth = new HashSet<>(meant);
            said.stream().filter(truth::contains).forEach(label -> hitsAndAll.get(label)[0]++);
        }
        if (!hitsAndAll.isEmpty()) {
            long hits = hitsAndAll.values().stream().mapToLong(counts -> counts[0]).sum();
            long all = hitsAndAll.values().stream().mapToLong(counts -> counts[1]).sum();
            figures.put("microF1", 2.0 * hits / all);
            figures.put("macroF1", hitsAndAll.values().stream().mapToDouble(counts -> 2.0 * counts[0] / counts[1]).average().orElseThrow());
        }
    }

    private static void numbers(List<Answer.Measured> answers, Map<String, Double> figures) {
        if (answers.isEmpty()) {
            return;
        }
        figures.put("mae", answers.stream().mapToDouble(Answer.Measured::distance).average().orElseThrow());
        figures.put("rmse", Math.sqrt(answers.stream().mapToDouble(answer -> answer.distance() * answer.distance()).average().orElseThrow()));
        figures.put("bias", answers.stream().mapToDouble(answer -> answer.predicted() - answer.actual()).average().orElseThrow());
    }

    private static double score(Answer.Named answer) {
        return Objects.requireNonNull(answer.score());
    }
}
