package dev.tideline.benchmarks.ingest;

import dev.tideline.benchmarks.tfrecord.Row;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.tfrecord.RowEncoder;
import java.nio.charset.StandardCharsets;

/** What a record on a topic is. */
enum Form {
    EXAMPLE(RecordHeaders.EXAMPLE), JSON(RecordHeaders.JSON);

    private final String contentType;

    Form(String contentType) {
        this.contentType = contentType;
    }

    byte[] contentType() {
        return contentType.getBytes(StandardCharsets.UTF_8);
    }

    /** Random rows in this form. */
    byte[][] records(int count) {
        Row[] rows = Row.random(count);
        RowEncoder encoder = new RowEncoder(Row.names());
        byte[][] records = new byte[count][];
        for (int i = 0; i < count; i++) {
            records[i] = switch (this) {
                case JSON -> rows[i].toJson().getBytes(StandardCharsets.UTF_8);
                case EXAMPLE -> {
                    rows[i].set(encoder);
                    yield encoder.encode();
                }
            };
        }
        return records;
    }

    String label() {
        return this == JSON ? "JSON" : "Example";
    }
}
