package dev.tideline.inference.prediction;

/** Hears of every request that was answered. On a thread that others wait for: return at once. */
public interface PredictionListener {

    void predicted(Prediction prediction);
}
