package dev.tideline.ingest.version;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Where a version's records come from: which offsets of which partitions became which files, and which records of those it takes. */
@RestController
final class LineageController {

    /**
     * A part of a version.
     *
     * @param path        of the shard file, relative to the storage root
     * @param checksum    of the whole file: {@code xxh128:} and XXH3-128 in hexadecimal, or SHA-256 alone in files of earlier releases
     * @param skip        records of the file before the first one taken
     * @param firstOffset offset of the first record of the shard; the file holds, in order, the records of the shard's offsets that were
     *                    not rejected and, when the split goes by key, belong to its split
     */
    record Part(String path, String checksum, long skip, long take, long records, long firstOffset, long lastOffset, int schemaVersion) {}

    /**
     * @param first first offset of all parts' shards
     * @param last  last offset of all parts' shards
     * @param files parts in the order of their offsets
     */
    record Offsets(long first, long last, long records, List<Part> files) {}

    record SplitLineage(long records, SortedMap<Integer, Offsets> partitions) {}

    record Lineage(
            String dataset, long version, String topic, DataWindow window, Trigger trigger, String requestId, int schemaVersion,
            String contentHash, SortedMap<Integer, Offsets> partitions, SortedMap<String, SplitLineage> splits) {}

    private final VersionLookup lookup;
    private final JdbcVersions versions;

    LineageController(VersionLookup lookup, JdbcVersions versions) {
        this.lookup = lookup;
        this.versions = versions;
    }

    @GetMapping("/v1/datasets/{name}/versions/{version}/lineage")
    Lineage lineage(@PathVariable String name, @PathVariable long version) {
        SealedVersion sealed = lookup.get(name, version);
        List<VersionFile> files = versions.files(sealed);
        SortedMap<String, SplitLineage> splits = new TreeMap<>();
        sealed.splits().forEach((split, records) -> splits.put(split,
                new SplitLineage(records, partitions(files.stream().filter(file -> file.split().equals(split)).toList()))));
        return new Lineage(name, version, Topics.records(name), sealed.window(), sealed.trigger(), sealed.requestId(), sealed.schemaVersion(),
                sealed.contentHash(), partitions(files), splits);
    }

    private static SortedMap<Integer, Offsets> partitions(List<VersionFile> files) {
        SortedMap<Integer, List<Part>> parts = new TreeMap<>();
        files.forEach(file -> parts.computeIfAbsent(file.partition(), partition -> new ArrayList<>()).add(new Part(file.path(), file.checksum(),
                file.skip(), file.take(), file.records(), file.firstOffset(), file.lastOffset(), file.schemaVersion())));
        SortedMap<Integer, Offsets> offsets = new TreeMap<>();
        parts.forEach((partition, list) -> offsets.put(partition, new Offsets(list.stream().mapToLong(Part::firstOffset).min().orElseThrow(),
                list.stream().mapToLong(Part::lastOffset).max().orElseThrow(), list.stream().mapToLong(Part::take).sum(),
                list.stream().sorted(Comparator.comparingLong(Part::firstOffset).thenComparingLong(Part::skip)).toList())));
        return offsets;
    }
}
