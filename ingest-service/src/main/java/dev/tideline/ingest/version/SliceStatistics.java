package dev.tideline.ingest.version;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.Schema;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.ingest.shard.Shards;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.MalformedExampleException;
import dev.tideline.tfrecord.TfRecordReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Statistics of a split: those stored with a file where all of it is taken, computed from the records where a part is. */
@Component
final class SliceStatistics {

    private final Shards shards;

    SliceStatistics(Shards shards) {
        this.shards = shards;
    }

    DatasetStatistics of(List<FileSlice> slices, Schema schema) {
        Map<Long, DatasetStatistics> stored = shards.statistics(
                slices.stream().filter(FileSlice::whole).map(slice -> slice.file().id()).toList());
        DatasetStatistics merged = new StatisticsBuilder(schema).build();
        for (FileSlice slice : slices) {
            DatasetStatistics own = stored.get(slice.file().id());
            merged = merged.merge(own == null ? compute(slice, schema) : own);
        }
        return merged;
    }

    private DatasetStatistics compute(FileSlice slice, Schema schema) {
        StatisticsBuilder builder = new StatisticsBuilder(schema);
        try (TfRecordReader reader = TfRecordReader.open(shards.path(slice.file().path()))) {
            for (long i = 0; i < slice.skip() + slice.take(); i++) {
                byte[] record = reader.next();
                if (record == null) {
                    throw new IOException("record " + i + " is missing");
                }
                if (i >= slice.skip()) {
                    builder.add(Example.decode(record));
                }
            }
            return builder.build();
        } catch (IOException | MalformedExampleException unreadable) {
            throw new TidelineException(VersionError.UNREADABLE_SHARD, "file: " + slice.file().path() + ": " + unreadable.getMessage()
                    + " (expected: the " + slice.file().records() + " records that were committed)", unreadable);
        }
    }
}
