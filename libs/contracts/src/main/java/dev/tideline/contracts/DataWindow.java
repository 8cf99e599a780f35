package dev.tideline.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** Which committed records of a dataset a version covers. JSON: {@code {"rule":"last","records":5000}}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DataWindow.All.class, name = "all"),
    @JsonSubTypes.Type(value = DataWindow.Last.class, name = "last"),
    @JsonSubTypes.Type(value = DataWindow.Since.class, name = "since")
})
public sealed interface DataWindow {

    /** Every record. */
    record All() implements DataWindow {}

    /** The newest {@code records} records by event time. */
    record Last(long records) implements DataWindow {
        public Last {
            if (records <= 0) {
                throw new IllegalArgumentException("records: " + records + " (expected: above 0)");
            }
        }
    }

    /** Records whose event time is at or after {@code time}. */
    record Since(Instant time) implements DataWindow {}
}
