package dev.tideline.ingest.shard;

import dev.tideline.features.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open files of one partition: one, or one per split when the split goes by key. They are committed together. */
final class ShardDraft {

    private static final Logger log = LoggerFactory.getLogger(ShardDraft.class);
    private static final String UNSPLIT = "";

    private final ShardFolder folder;
    private final String dataset;
    private final Schema schema;
    private final int partition;
    private final Map<String, FileDraft> files = new TreeMap<>();
    private @Nullable FileDraft recent;
    private @Nullable String recentSplit;
    private long bytes;
    private long first = -1;
    private long last = -1;

    ShardDraft(ShardFolder folder, String dataset, Schema schema, int partition) {
        this.folder = folder;
        this.dataset = dataset;
        this.schema = schema;
        this.partition = partition;
    }

    Schema schema() {
        return schema;
    }

    long bytes() {
        return bytes;
    }

    void write(long offset, Admission.Accepted record) throws IOException {
        if (first < 0) {
            first = offset;
        }
        FileDraft file = file(record.split());
        long before = file.bytes();
        file.write(record.encoded(), record.row(), record.millis());
        bytes += file.bytes() - before;
        last = offset;
    }

    private FileDraft file(@Nullable String split) throws IOException {
        // Records of one split come one after the other, and mostly there is but one.
        if (recent == null || !Objects.equals(split, recentSplit)) {
            recent = files.get(split == null ? UNSPLIT : split);
            recentSplit = split;
        }
        if (recent == null) {
            recent = new FileDraft(folder.draft(dataset, partition, first, split), schema, folder.directIo());
            files.put(split == null ? UNSPLIT : split, recent);
        }
        return recent;
    }

    /** Closes the files and gives them their keys. On failure nothing of the shard is left. */
    FinishedShard finish(long fromOffset, long nextOffset, long rejected) throws IOException {
        List<FinishedShard.File> finished = new ArrayList<>();
        try {
            for (Map.Entry<String, FileDraft> entry : files.entrySet()) {
                finished.add(finish(entry.getValue(), entry.getKey().equals(UNSPLIT) ? null : entry.getKey()));
            }
        } catch (IOException failure) {
            discard();
            throw failure;
        }
        return new FinishedShard(dataset, schema.version(), partition, fromOffset, nextOffset, first, last, rejected, finished);
    }

    private FinishedShard.File finish(FileDraft draft, @Nullable String split) throws IOException {
        String checksum = draft.finish();
        long bytes = draft.bytes();
        String path = folder.key(dataset, partition, first, Long.toString(last), split);
        return new FinishedShard.File(draft.path(), path, split, bytes, checksum, draft.minTime(), draft.times(), draft.statistics());
    }

    void discard() {
        for (FileDraft file : files.values()) {
            try {
                file.discard();
            } catch (IOException left) {
                log.warn("File {} stays behind for the sweeper: {}", file.path(), left.getMessage());
            }
        }
        files.clear();
        recent = null;
    }
}
