package dev.tideline.ingest.version;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.Schema;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.ingest.shard.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Gathers what is to be known of a split: from what is stored with a file where all of it is taken, from the records where a part is. */
@Component
final class SplitReader {

    private final Shards shards;
    private final SliceScan scan;

    SplitReader(Shards shards, SliceScan scan) {
        this.shards = shards;
        this.scan = scan;
    }

    SplitContent read(List<FileSlice> slices, Schema schema) {
        Map<Long, DatasetStatistics> stored = shards.statistics(
                slices.stream().filter(FileSlice::whole).map(slice -> slice.file().id()).toList());
        DatasetStatistics merged = new StatisticsBuilder(schema).build();
        List<SliceBytes> bytes = new ArrayList<>();
        for (FileSlice slice : slices) {
            DatasetStatistics own = slice.whole() ? stored.get(slice.file().id()) : null;
            if (own != null) {
                merged = merged.merge(own);
                bytes.add(new SliceBytes(0, slice.file().bytes(), slice.file().sha256()));
            } else {
                StatisticsBuilder cut = new StatisticsBuilder(schema);
                bytes.add(scan.scan(slice.file().path(), slice.skip(), slice.take(), cut::add));
                merged = merged.merge(cut.build());
            }
        }
        return new SplitContent(slices, bytes, merged);
    }
}
