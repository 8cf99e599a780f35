package dev.tideline.inference.predictionlog;

import java.util.Map;

/**
 * Which requests are logged: a share by model, decided by the request's id, so that every instance and every repetition decides alike.
 *
 * @param rate   of models that {@code models} does not name
 * @param models rates by model
 */
record Choice(double rate, Map<String, Double> models) {

    Choice {
        models = Map.copyOf(models);
    }

    boolean takes(String model, String requestId) {
        double share = models.getOrDefault(model, rate);
        return share >= 1 || (mixed(requestId) >>> 11) * 0x1p-53 < share;
    }

    /** FNV-1a over the characters, then the finalizer of SplitMix64 (Steele et al., OOPSLA 2014), whose upper bits are uniform. */
    private static long mixed(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }
}
