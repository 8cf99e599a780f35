package dev.tideline.inference.prediction;

/** Hears of every answered request, in the request's thread: must neither wait nor fail. */
public interface PredictionListener {

    void predicted(Prediction prediction);
}
