package dev.tideline.ingest.shard;

import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.features.SchemaCodec;
import dev.tideline.ingest.dataset.Dataset;
import dev.tideline.ingest.support.IngestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.json.JsonMapper;

/** Finished shards of partition 0, made without a topic. */
final class DraftShards {

    private final ShardFolder folder;

    DraftShards(ShardFolder folder) {
        this.folder = folder;
    }

    /** A shard of {@code records} records from offset {@code from}, published and not committed. */
    FinishedShard finished(String dataset, long from, int records) throws IOException {
        FinishedShard shard = draft(dataset, from, records).finish(from, from + records, 0);
        folder.publish(shard.files()).join();
        return shard;
    }

    /** The same, still open. */
    ShardDraft draft(String name, long from, int records) throws IOException {
        Dataset dataset = dataset(name);
        Admission admission = new Admission(dataset);
        ShardDraft draft = new ShardDraft(folder, name, dataset.schema(), 0);
        for (long offset = from; offset < from + records; offset++) {
            draft.write(offset, (Admission.Accepted) admission.admit(record(name, offset)));
        }
        return draft;
    }

    static ConsumerRecord<byte[], byte[]> record(String name, long offset) {
        return new ConsumerRecord<>("tideline.records." + name, 0, offset, null,
                IngestClient.record(Math.toIntExact(offset)).getBytes(StandardCharsets.UTF_8));
    }

    static Dataset dataset(String name) {
        return new Dataset(name, SchemaCodec.read(JsonMapper.builder().build().readTree(IngestClient.SCHEMA)),
                new SplitRule(SplitRule.By.TIME, 0.2), 1);
    }
}
