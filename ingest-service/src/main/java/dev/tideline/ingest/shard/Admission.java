package dev.tideline.ingest.shard;

import dev.tideline.contracts.Problem;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.ingest.dataset.Dataset;
import dev.tideline.ingest.dataset.EventTime;
import dev.tideline.ingest.dataset.RecordGate;
import dev.tideline.tfrecord.CanonicalRow;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Checks what comes from a dataset's topic, whoever put it there. */
final class Admission {

    sealed interface Outcome {}

    /**
     * @param encoded what goes into the file: canonical Example bytes
     * @param row     the same in place, until the next record is asked about
     * @param millis  event time: of the time feature, else of the header, else Kafka's timestamp
     * @param split   the split its key belongs to; null when the split goes by time
     */
    record Accepted(byte[] encoded, CanonicalRow row, long millis, @Nullable String split) implements Outcome {}

    record Rejected(List<Problem> problems) implements Outcome {}

    private static final byte[] EXAMPLE = RecordHeaders.EXAMPLE.getBytes(StandardCharsets.UTF_8);

    private final Dataset dataset;
    private final RecordGate gate;
    private final @Nullable KeySplit split;

    Admission(Dataset dataset) {
        this.dataset = dataset;
        this.gate = new RecordGate(dataset.schema());
        this.split = dataset.split().by() == SplitRule.By.KEY ? new KeySplit(dataset.split().evaluation()) : null;
    }

    Dataset dataset() {
        return dataset;
    }

    Outcome admit(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            return new Rejected(List.of(new Problem("EMPTY_RECORD", "", "null", "a JSON object or the bytes of a tf.train.Example")));
        }
        Header type = record.headers().lastHeader(RecordHeaders.CONTENT_TYPE);
        boolean encoded = type != null && Arrays.equals(EXAMPLE, type.value());
        return switch (encoded ? gate.example(value) : gate.json(value)) {
            case RecordGate.Refused(List<Problem> problems) -> new Rejected(problems);
            case RecordGate.Passed passed -> accept(record, passed);
        };
    }

    private Outcome accept(ConsumerRecord<byte[], byte[]> record, RecordGate.Passed passed) {
        Long millis = passed.millis() == null ? time(record) : passed.millis();
        if (millis == null || !EventTime.isPossible(millis)) {
            String header = header(record, RecordHeaders.TIME);
            return new Rejected(List.of(new Problem("INVALID_TIME", "", header == null ? Long.toString(record.timestamp()) : header,
                    "ISO-8601 in header " + RecordHeaders.TIME)));
        }
        return new Accepted(passed.encoded(), gate.row(), millis, split == null ? null : split.of(key(record, passed)));
    }

    private static byte[] key(ConsumerRecord<byte[], byte[]> record, RecordGate.Passed passed) {
        byte[] key = passed.key() == null ? record.key() : passed.key();
        return key == null ? record.value() : key;
    }

    private static @Nullable Long time(ConsumerRecord<byte[], byte[]> record) {
        String header = header(record, RecordHeaders.TIME);
        if (header == null) {
            return record.timestamp();
        }
        try {
            return Instant.parse(header).toEpochMilli();
        } catch (DateTimeException | ArithmeticException unreadable) {
            return null;
        }
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
