package dev.tideline.monitoring.store;

/**
 * A model version, or a slice of its predictions, as a Kafka key: {@code model@version} or {@code model@version|feature=value}. A
 * model's name has neither {@code @} nor {@code |}.
 *
 * @param slice empty for all predictions
 */
public record VersionKey(String model, long version, String slice) {

    public static VersionKey parse(String key) {
        int at = key.indexOf('@');
        int bar = key.indexOf('|', at);
        int end = bar < 0 ? key.length() : bar;
        return new VersionKey(key.substring(0, at), Long.parseLong(key.substring(at + 1, end)), bar < 0 ? "" : key.substring(bar + 1));
    }

    /** The key of a slice of the version that {@code versionKey} names. */
    public static String slice(String versionKey, String slice) {
        return versionKey + "|" + slice;
    }

    public boolean isWhole() {
        return slice.isEmpty();
    }
}
