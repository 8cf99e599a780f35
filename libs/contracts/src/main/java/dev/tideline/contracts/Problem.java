package dev.tideline.contracts;

/**
 * One thing wrong with a request or a record. All problems of a request are reported at once.
 *
 * @param code     stable name of the kind of problem, such as {@code OUT_OF_DOMAIN}
 * @param pointer  where: a JSON pointer (RFC 6901), empty for the whole
 * @param value    the offending value as text, shortened to 256 characters
 * @param expected the rule that it broke
 */
public record Problem(String code, String pointer, String value, String expected) {

    private static final int MAX_VALUE = 256;

    public Problem {
        if (value.length() > MAX_VALUE) {
            value = value.substring(0, MAX_VALUE) + "…";
        }
    }

    @Override
    public String toString() {
        return pointer + ": " + value + " (expected: " + expected + ")";
    }
}
