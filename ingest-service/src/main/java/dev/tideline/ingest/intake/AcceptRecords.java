package dev.tideline.ingest.intake;

import dev.tideline.contracts.Problem;
import dev.tideline.ingest.dataset.Catalogue;
import dev.tideline.ingest.dataset.Dataset;
import dev.tideline.ingest.dataset.RecordGate;
import dev.tideline.ingest.dataset.TopicWatch;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Takes the records of a request in: checks each, publishes the good ones, and reports when all of those are acknowledged. */
@Service
final class AcceptRecords {

    private static final int MAX_KEY = 200;

    private final Catalogue catalogue;
    private final TopicWatch topics;
    private final RecordSources sources;
    private final Backlog backlog;
    private final RecordPublisher publisher;
    private final KeyedRequests keyed;
    private final IntakeProperties properties;
    private final MeterRegistry meters;

    AcceptRecords(
            Catalogue catalogue, TopicWatch topics, RecordSources sources, Backlog backlog, RecordPublisher publisher, KeyedRequests keyed,
            IntakeProperties properties, MeterRegistry meters) {
        this.catalogue = catalogue;
        this.topics = topics;
        this.sources = sources;
        this.backlog = backlog;
        this.publisher = publisher;
        this.keyed = keyed;
        this.properties = properties;
        this.meters = meters;
    }

    /** @param key value of Idempotency-Key; null without one */
    KeyedRequests.Answer accept(String name, RecordBody body, @Nullable String key) throws IOException {
        Dataset dataset = catalogue.get(name);
        topics.check(dataset);
        if (body.length() != null && body.length() > properties.maxBody().toBytes()) {
            throw tooLarge(body.length() + " bytes", "nothing of it was read");
        }
        backlog.admit();
        if (key == null) {
            return new KeyedRequests.Answer(take(dataset, body, publisher.batch(dataset)), false);
        }
        if (key.isBlank() || key.length() > MAX_KEY) {
            throw new TidelineException(IntakeError.INVALID_IDEMPOTENCY_KEY,
                    "Idempotency-Key: " + key.length() + " characters (expected: 1 to " + MAX_KEY + ", not all blank)");
        }
        return keyed.run(dataset, key, batch -> take(dataset, body, batch));
    }

    private IntakeReport take(Dataset dataset, RecordBody body, RecordPublisher.Batch batch) throws IOException {
        IntakeReport.Builder report = new IntakeReport.Builder(properties.maxReported());
        try {
            readAll(dataset, body, batch, report);
        } finally {
            batch.await();
            meters.counter("tideline.ingest.records.accepted", "dataset", dataset.name()).increment(report.accepted());
            meters.counter("tideline.ingest.records.rejected", "dataset", dataset.name(), "door", "http").increment(report.rejected());
        }
        return report.build();
    }

    private void readAll(Dataset dataset, RecordBody body, RecordPublisher.Batch batch, IntakeReport.Builder report) throws IOException {
        RecordGate gate = new RecordGate(dataset.schema());
        try {
            RecordSource source = sources.open(body, dataset.schema());
            for (RecordSource.Item item = source.next(); item != null; item = source.next()) {
                switch (check(gate, item)) {
                    case RecordGate.Passed passed -> publish(passed, item.line(), batch, report);
                    case RecordGate.Refused refused -> report.reject(item.line(), refused.problems());
                }
            }
        } catch (BodyLimit.Exceeded tooLong) {
            throw tooLarge(tooLong.getMessage(), taken(report));
        } catch (ZipException | EOFException damaged) {
            throw new TidelineException(IntakeError.MALFORMED_ENCODING, "body: " + damaged.getMessage() + " (expected: Content-Encoding "
                    + body.encoding() + "; " + taken(report) + ")", damaged);
        }
    }

    private TidelineException tooLarge(String found, String outcome) {
        return new TidelineException(CommonError.PAYLOAD_TOO_LARGE, "body: " + found + " (expected: at most "
                + properties.maxBody().toBytes() + "; " + outcome + ")");
    }

    private static String taken(IntakeReport.Builder report) {
        return "the " + report.accepted() + " records before were read, and taken unless the request had an Idempotency-Key";
    }

    private void publish(RecordGate.Passed passed, long line, RecordPublisher.Batch batch, IntakeReport.Builder report) {
        byte[] encoded = passed.encoded();
        if (encoded.length > properties.maxRecord().toBytes()) {
            report.reject(line, List.of(new Problem("RECORD_TOO_LARGE", "", encoded.length + " bytes as an Example",
                    "at most " + properties.maxRecord().toBytes() + " bytes")));
            return;
        }
        batch.publish(passed);
        report.accept();
    }

    private static RecordGate.Verdict check(RecordGate gate, RecordSource.Item item) {
        return switch (item) {
            case RecordSource.Bytes bytes -> gate.json(bytes.json());
            case RecordSource.Node node -> gate.json(node.json());
            case RecordSource.Encoded encoded -> gate.example(encoded.example());
            case RecordSource.Broken broken -> new RecordGate.Refused(List.of(broken.problem()));
        };
    }
}
