package dev.tideline.ingest.dataset;

import dev.tideline.contracts.Problem;
import dev.tideline.features.Conversion;
import dev.tideline.features.RecordConverter;
import dev.tideline.features.RowReader;
import dev.tideline.features.Schema;
import dev.tideline.tfrecord.CanonicalRow;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.MalformedExampleException;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Lets records through that keep to a dataset's schema, and finds their key and event time. Not thread-safe. */
public final class RecordGate {

    /** What became of a record. */
    public sealed interface Verdict {}

    /**
     * @param encoded Example bytes, complete: defaults filled in
     * @param key     value of the key feature; null when there is none
     * @param millis  event time in epoch milliseconds; null when the schema names no time feature or the record lacks it
     */
    public record Passed(byte[] encoded, byte @Nullable [] key, @Nullable Long millis) implements Verdict {}

    /** @param problems everything that is wrong with the record */
    public record Refused(List<Problem> problems) implements Verdict {}

    private final Schema schema;
    private final RowReader reader;
    private final RecordConverter converter;
    private final RecordMarks marks;
    /** What passed last, while nobody has asked for its values. */
    private byte @Nullable [] unread;

    public RecordGate(Schema schema) {
        this.schema = schema;
        this.reader = new RowReader(schema);
        this.converter = new RecordConverter(schema);
        this.marks = new RecordMarks(schema);
    }

    /** The record that passed last; features in the order of the schema. */
    public CanonicalRow row() {
        if (unread != null && !reader.row().read(unread)) {
            throw new IllegalStateException("record: " + unread.length + " bytes (expected: an Example in canonical form)");
        }
        unread = null;
        return reader.row();
    }

    public Verdict json(byte[] record) {
        byte[] encoded = reader.json(record);
        return encoded == null ? verdict(converter.fromJson(record)) : encoded(encoded);
    }

    public Verdict json(JsonNode record) {
        return verdict(converter.fromJson(record));
    }

    /** Checks the bytes of a {@code tf.train.Example}. */
    public Verdict example(byte[] record) {
        if (reader.example(record)) {
            unread = null;
            return passed(record);
        }
        try {
            return verdict(converter.check(Example.decode(record)));
        } catch (MalformedExampleException malformed) {
            return new Refused(List.of(new Problem("MALFORMED_EXAMPLE", "", malformed.getMessage(), "bytes of a tf.train.Example")));
        }
    }

    private Verdict verdict(Conversion conversion) {
        return switch (conversion) {
            case Conversion.Converted(Example example) -> encoded(example.encode());
            case Conversion.Invalid(List<Problem> problems) -> new Refused(problems);
        };
    }

    private Verdict encoded(byte[] encoded) {
        unread = encoded;
        return passed(encoded);
    }

    private Verdict passed(byte[] encoded) {
        if (marks.none()) {
            return new Passed(encoded, null, null);
        }
        Feature time = marks.time(row());
        try {
            return new Passed(encoded, marks.key(row()), time == null ? null : Long.valueOf(EventTime.millis(time)));
        } catch (DateTimeException unreadable) {
            String value = time instanceof Feature.Bytes bytes ? bytes.text(0) : String.valueOf(time);
            return new Refused(List.of(new Problem("INVALID_TIME", "/" + schema.time(), value, EventTime.RULE)));
        }
    }
}
