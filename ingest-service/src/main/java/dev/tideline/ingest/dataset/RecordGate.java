package dev.tideline.ingest.dataset;

import dev.tideline.contracts.Problem;
import dev.tideline.features.Conversion;
import dev.tideline.features.RecordConverter;
import dev.tideline.features.Schema;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.MalformedExampleException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Lets records through that keep to a dataset's schema, and finds their key and event time. Thread-safe. */
public final class RecordGate {

    /** What became of a record. */
    public sealed interface Verdict {}

    /**
     * @param example complete: defaults filled in
     * @param key     value of the key feature; null when there is none
     * @param millis  event time in epoch milliseconds; null when the schema names no time feature or the record lacks it
     */
    public record Passed(Example example, byte @Nullable [] key, @Nullable Long millis) implements Verdict {}

    /** @param problems everything that is wrong with the record */
    public record Refused(List<Problem> problems) implements Verdict {}

    private final Schema schema;
    private final RecordConverter converter;

    public RecordGate(Schema schema) {
        this.schema = schema;
        this.converter = new RecordConverter(schema);
    }

    public Verdict json(byte[] record) {
        return verdict(converter.fromJson(record));
    }

    public Verdict json(JsonNode record) {
        return verdict(converter.fromJson(record));
    }

    /** Checks the bytes of a {@code tf.train.Example}. */
    public Verdict example(byte[] record) {
        try {
            return verdict(converter.check(Example.decode(record)));
        } catch (MalformedExampleException malformed) {
            return new Refused(List.of(new Problem("MALFORMED_EXAMPLE", "", malformed.getMessage(), "bytes of a tf.train.Example")));
        }
    }

    private Verdict verdict(Conversion conversion) {
        return switch (conversion) {
            case Conversion.Converted(Example example) -> mark(example);
            case Conversion.Invalid(List<Problem> problems) -> new Refused(problems);
        };
    }

    private Verdict mark(Example example) {
        Feature time = schema.time() == null ? null : example.feature(schema.time());
        if (time == null || time.isEmpty()) {
            return new Passed(example, key(example), null);
        }
        try {
            return new Passed(example, key(example), EventTime.millis(time));
        } catch (DateTimeException unreadable) {
            String value = time instanceof Feature.Bytes bytes ? bytes.text(0) : time.toString();
            return new Refused(List.of(new Problem("INVALID_TIME", "/" + schema.time(), value, EventTime.RULE)));
        }
    }

    private byte @Nullable [] key(Example example) {
        Feature key = schema.key() == null ? null : example.feature(schema.key());
        if (key == null || key.isEmpty()) {
            return null;
        }
        return switch (key) {
            case Feature.Bytes bytes -> bytes.values()[0];
            case Feature.Longs longs -> Long.toString(longs.values()[0]).getBytes(StandardCharsets.UTF_8);
            case Feature.Floats floats -> Float.toString(floats.values()[0]).getBytes(StandardCharsets.UTF_8);
        };
    }
}
