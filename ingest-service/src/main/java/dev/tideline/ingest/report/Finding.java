package dev.tideline.ingest.report;

/**
 * Something about a feature that a reader should see first.
 *
 * @param warning false for what is merely worth knowing
 */
record Finding(boolean warning, String text) {

    static Finding warning(String text) {
        return new Finding(true, text);
    }

    static Finding note(String text) {
        return new Finding(false, text);
    }
}
