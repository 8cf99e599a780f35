package dev.tideline.ingest.version;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.Topics;
import dev.tideline.ingest.shard.Shards;
import dev.tideline.starter.error.TidelineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The way out: the files of a version for whoever trains elsewhere, and where they come from. */
@RestController
@RequestMapping("/v1/datasets/{name}/versions/{version}")
final class FilesController {

    private static final MediaType TFRECORD = MediaType.parseMediaType("application/x-tfrecord");

    record Link(String split, String url, long bytes, String sha256, long skip, long take) {}

    record Links(List<Link> files) {}

    record Offsets(long first, long last, List<VersionFile> files) {}

    record Lineage(
            String dataset, long version, String topic, DataWindow window, int schemaVersion, String contentHash,
            SortedMap<Integer, Offsets> partitions) {}

    private final VersionLookup lookup;
    private final JdbcVersions versions;
    private final Shards shards;

    FilesController(VersionLookup lookup, JdbcVersions versions, Shards shards) {
        this.lookup = lookup;
        this.versions = versions;
        this.shards = shards;
    }

    @GetMapping("/files")
    Links list(@PathVariable String name, @PathVariable long version) {
        SealedVersion sealed = lookup.get(name, version);
        String base = "/v1/datasets/" + name + "/versions/" + version + "/files/";
        return new Links(versions.files(sealed).stream()
                .map(file -> new Link(file.split(), base + file.split() + "/" + file.ordinal(), file.bytes(), file.sha256(), file.skip(), file.take()))
                .toList());
    }

    /** A whole file; Range and If-None-Match are understood. */
    @GetMapping("/files/{split}/{ordinal}")
    ResponseEntity<Resource> download(
            @PathVariable String name, @PathVariable long version, @PathVariable String split, @PathVariable int ordinal) {
        VersionFile file = versions.files(lookup.get(name, version)).stream()
                .filter(candidate -> candidate.split().equals(split) && candidate.ordinal() == ordinal).findFirst()
                .orElseThrow(() -> new TidelineException(VersionError.UNKNOWN_FILE, "file: " + split + "/" + ordinal + " of version " + version
                        + " of dataset " + name + " (expected: one of GET /v1/datasets/" + name + "/versions/" + version + "/files)"));
        Path path = shards.path(file.path());
        if (!Files.isReadable(path)) {
            throw new TidelineException(VersionError.UNREADABLE_SHARD, "file: " + file.path() + " (expected: a committed file)");
        }
        return ResponseEntity.ok().contentType(TFRECORD).eTag("\"" + file.sha256() + "\"").body(new FileSystemResource(path));
    }

    /** Which offsets of which partitions became which files. */
    @GetMapping("/lineage")
    Lineage lineage(@PathVariable String name, @PathVariable long version) {
        SealedVersion sealed = lookup.get(name, version);
        SortedMap<Integer, Offsets> partitions = new TreeMap<>();
        versions.files(sealed).stream().collect(Collectors.groupingBy(VersionFile::partition)).forEach((partition, files) ->
                partitions.put(partition, new Offsets(files.stream().mapToLong(VersionFile::firstOffset).min().orElseThrow(),
                        files.stream().mapToLong(VersionFile::lastOffset).max().orElseThrow(), files)));
        return new Lineage(name, version, Topics.records(name), sealed.window(), sealed.schemaVersion(), sealed.contentHash(), partitions);
    }
}
