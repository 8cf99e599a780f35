package dev.tideline.training.evaluation;

import java.util.SplittableRandom;

/** Simulated answers of two models to the same examples of a binary label. */
final class Worlds {

    /** Both models' answers. */
    record Pair(Answers candidate, Answers champion) {}

    private Worlds() {}

    /** Every example for itself: each model is right with its own probability, whatever the other says. */
    static Pair independent(SplittableRandom random, int examples, double candidate, double champion) {
        var pair = new Pair(new Answers(1), new Answers(1));
        for (int i = 0; i < examples; i++) {
            add(pair, random, candidate, champion);
        }
        return pair;
    }

    /**
     * Times that suit one model and times that suit the other take turns; each lasts {@code run} examples in the mean. Over all time
     * the candidate is better by {@code gain}.
     */
    static Pair inRuns(SplittableRandom random, int examples, double run, double gain) {
        var pair = new Pair(new Answers(1), new Answers(1));
        boolean suits = random.nextBoolean();
        for (int i = 0; i < examples; i++) {
            suits ^= random.nextDouble() < 1 / run;
            add(pair, random, (suits ? 0.9 : 0.65) + gain, suits ? 0.65 : 0.9);
        }
        return pair;
    }

    private static void add(Pair pair, SplittableRandom random, double candidate, double champion) {
        int label = random.nextInt(2);
        pair.candidate().add(label, answer(random, label, candidate));
        pair.champion().add(label, answer(random, label, champion));
    }

    private static float answer(SplittableRandom random, int label, double right) {
        boolean correct = random.nextDouble() < right;
        double certainty = 0.5 + random.nextDouble() * 0.5;
        return (float) ((label == 1) == correct ? certainty : 1 - certainty);
    }
}
