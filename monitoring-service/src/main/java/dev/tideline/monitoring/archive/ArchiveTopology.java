package dev.tideline.monitoring.archive;

import dev.tideline.contracts.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** The part of the stream processing that writes labelled predictions to their datasets' topics. */
public final class ArchiveTopology {

    private ArchiveTopology() {}

    /** Writes {@code rows}, whose keys are prediction ids. */
    public static void addTo(KStream<String, ArchivedExample> rows) {
        rows.process(Addressed::new)
                .to((id, row, context) -> Topics.records(row.dataset()), Produced.with(Serdes.String(), Serdes.serdeFrom(
                        (topic, row) -> row.value(),
                        (topic, bytes) -> {
                            throw new UnsupportedOperationException("archived rows are only written");
                        })));
    }

    /** Replaces the headers of the message that completed the row by those of the row. */
    private static final class Addressed extends ContextualProcessor<String, ArchivedExample, String, ArchivedExample> {

        @Override
        public void process(Record<String, ArchivedExample> record) {
            org.apache.kafka.common.header.internals.RecordHeaders headers =
                    new org.apache.kafka.common.header.internals.RecordHeaders();
            record.value().headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
            context().forward(record.withHeaders(headers));
        }
    }
}
