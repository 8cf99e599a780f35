package dev.tideline.ingest.intake;

import dev.tideline.contracts.Problem;
import dev.tideline.ingest.dataset.Catalogue;
import dev.tideline.ingest.dataset.Dataset;
import dev.tideline.ingest.dataset.RecordGate;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Service;

/** Takes the records of a request in: checks each, publishes the good ones, and reports when all of those are acknowledged. */
@Service
final class AcceptRecords {

    private final Catalogue catalogue;
    private final RecordPublisher publisher;
    private final IntakeProperties properties;
    private final MeterRegistry meters;

    AcceptRecords(Catalogue catalogue, RecordPublisher publisher, IntakeProperties properties, MeterRegistry meters) {
        this.catalogue = catalogue;
        this.publisher = publisher;
        this.properties = properties;
        this.meters = meters;
    }

    IntakeReport accept(String name, RecordSource source) throws IOException {
        Dataset dataset = catalogue.get(name);
        RecordGate gate = new RecordGate(dataset.schema());
        RecordPublisher.Batch batch = publisher.batch(dataset);
        IntakeReport.Builder report = new IntakeReport.Builder(properties.maxReported());
        try {
            for (RecordSource.Item item = source.next(); item != null; item = source.next()) {
                switch (check(gate, item)) {
                    case RecordGate.Passed passed -> publish(passed, item.line(), batch, report);
                    case RecordGate.Refused refused -> report.reject(item.line(), refused.problems());
                }
            }
        } finally {
            batch.await();
            meters.counter("tideline.ingest.records.accepted", "dataset", name).increment(report.accepted());
            meters.counter("tideline.ingest.records.rejected", "dataset", name, "door", "http").increment(report.rejected());
        }
        return report.build();
    }

    private void publish(RecordGate.Passed passed, long line, RecordPublisher.Batch batch, IntakeReport.Builder report) {
        byte[] encoded = passed.example().encode();
        if (encoded.length > properties.maxRecord().toBytes()) {
            report.reject(line, List.of(new Problem("RECORD_TOO_LARGE", "", encoded.length + " bytes as an Example",
                    "at most " + properties.maxRecord().toBytes() + " bytes")));
            return;
        }
        batch.publish(passed, encoded);
        report.accept();
    }

    private static RecordGate.Verdict check(RecordGate gate, RecordSource.Item item) {
        return switch (item) {
            case RecordSource.Bytes bytes -> gate.json(bytes.json());
            case RecordSource.Node node -> gate.json(node.json());
            case RecordSource.Broken broken -> new RecordGate.Refused(List.of(broken.problem()));
        };
    }
}
