package dev.tideline.ingest.rejects;

import dev.tideline.contracts.Problem;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.springframework.stereotype.Component;

/**
 * Sends the original bytes of records that broke their schema to {@link Topics#REJECTS}. After a crash a record may be there
 * twice: it is sent before its offset is committed.
 */
@Component
public final class Rejects {

    private final Producer<byte[], byte[]> producer;

    Rejects(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Collects the rejects of one shard. */
    public RejectBatch batch(String dataset) {
        return new RejectBatch(dataset, this);
    }

    void send(String dataset, ConsumerRecord<byte[], byte[]> record, List<Problem> problems, RejectBatch batch) {
        var reject = new ProducerRecord<>(Topics.REJECTS, null, dataset.getBytes(StandardCharsets.UTF_8), record.value());
        Headers headers = reject.headers();
        Header contentType = record.headers().lastHeader(RecordHeaders.CONTENT_TYPE);
        if (contentType != null) {
            headers.add(contentType);
        }
        headers.add(RecordHeaders.REJECT_CODE, utf8(problems.getFirst().code()));
        headers.add(RecordHeaders.REJECT_MESSAGE, utf8(problems.stream().map(Problem::toString).collect(Collectors.joining("; "))));
        headers.add(RecordHeaders.SOURCE_TOPIC, utf8(record.topic()));
        headers.add(RecordHeaders.SOURCE_PARTITION, utf8(Integer.toString(record.partition())));
        headers.add(RecordHeaders.SOURCE_OFFSET, utf8(Long.toString(record.offset())));
        producer.send(reject, batch);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
