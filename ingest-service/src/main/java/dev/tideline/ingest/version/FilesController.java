package dev.tideline.ingest.version;

import dev.tideline.starter.error.TidelineException;
import dev.tideline.storage.Storage;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRange;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** The way out for whoever trains elsewhere: TFRecord files of exactly the version's records. */
@RestController
@RequestMapping("/v1/datasets/{name}/versions/{version}/files")
final class FilesController {

    private static final MediaType TFRECORD = MediaType.parseMediaType("application/x-tfrecord");
    private static final MediaType GZIP = MediaType.parseMediaType("application/gzip");

    /** @param name of a file to store it under; unique within the version, and in the order of the records */
    record Link(String split, String name, String url, long records, long bytes, String sha256) {}

    record Links(String dataset, long version, String contentHash, List<Link> files) {}

    private final VersionLookup lookup;
    private final JdbcVersions versions;
    private final Storage storage;
    private final SliceScan scan;
    private final SharedWork hashing;

    FilesController(VersionLookup lookup, JdbcVersions versions, Storage storage, SliceScan scan, SharedWork hashing) {
        this.lookup = lookup;
        this.versions = versions;
        this.storage = storage;
        this.scan = scan;
        this.hashing = hashing;
    }

    @GetMapping
    Links list(@PathVariable String name, @PathVariable long version) {
        SealedVersion sealed = lookup.get(name, version);
        String base = "/v1/datasets/" + name + "/versions/" + version + "/files/";
        List<VersionFile> files = versions.files(sealed);
        return new Links(name, version, sealed.contentHash(), files.stream()
                .map(file -> {
                    SliceBytes part = hashed(file, located(file));
                    return new Link(file.split(), name(sealed, file), base + file.split() + "/" + file.ordinal(), file.take(), part.bytes(), part.sha256());
                }).toList());
    }

    /** One file; ranges, If-Range and If-None-Match are understood. */
    @RequestMapping(path = "/{split}/{ordinal}", params = "!compression", method = {RequestMethod.GET, RequestMethod.HEAD})
    ResponseEntity<Resource> download(
            @PathVariable String name, @PathVariable long version, @PathVariable String split, @PathVariable int ordinal,
            HttpMethod method, @RequestHeader HttpHeaders request) throws IOException {
        SealedVersion sealed = lookup.get(name, version);
        VersionFile file = file(sealed, split, ordinal);
        SliceBytes located = located(file);
        FilePart part = part(file, located);
        String tag = "\"" + hashed(file, located).sha256() + "\"";
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().contentType(TFRECORD).eTag(tag)
                .header(HttpHeaders.ACCEPT_RANGES, "bytes").header(HttpHeaders.CONTENT_DISPOSITION, attachment(name(sealed, file)));
        if (method.equals(HttpMethod.HEAD)) {
            // The body would be read to its end only to be thrown away.
            return answer.contentLength(part.contentLength()).build();
        }
        if (!tag.equals(Objects.requireNonNullElse(request.getFirst(HttpHeaders.IF_RANGE), tag))) {
            // The client has the begin of other content. A resource of this kind is sent as a whole, whatever ranges are asked for.
            return answer.contentLength(part.contentLength()).body(new InputStreamResource(part.getInputStream()));
        }
        return answer.body(part.upTo(ranges(request)));
    }

    /** None when there are none, or when they are refused later on. */
    private static List<HttpRange> ranges(HttpHeaders request) {
        try {
            return request.getRange();
        } catch (IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    /** The same packed on the way, as {@code TFRecordDataset(…, compression_type="GZIP")} reads it. Always the whole file. */
    @GetMapping(path = "/{split}/{ordinal}", params = "compression")
    void packed(
            @PathVariable String name, @PathVariable long version, @PathVariable String split, @PathVariable int ordinal, String compression,
            HttpServletResponse response) throws IOException {
        SealedVersion sealed = lookup.get(name, version);
        if (!compression.equals("gzip")) {
            throw new TidelineException(VersionError.UNKNOWN_COMPRESSION, "compression: " + compression + " (expected: gzip, or none)");
        }
        VersionFile file = file(sealed, split, ordinal);
        response.setContentType(GZIP.toString());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, attachment(name(sealed, file) + ".gz"));
        try (InputStream in = part(file, located(file)).getInputStream(); GZIPOutputStream out = new GZIPOutputStream(response.getOutputStream(), 1 << 16)) {
            in.transferTo(out);
        }
    }

    /** Versions that were sealed before parts were measured are measured now. */
    private SliceBytes located(VersionFile file) {
        return file.part() != null ? file.part() : scan.scan(file.path(), file.skip(), file.take(), record -> { });
    }

    /** The same with its SHA-256: of a whole file it is worked out for whoever asks first, and kept. */
    private SliceBytes hashed(VersionFile file, SliceBytes located) {
        if (located.sha256() != null) {
            return located;
        }
        return new SliceBytes(located.first(), located.bytes(), hashing.of(file.path(), () -> sha256(file)));
    }

    private String sha256(VersionFile file) {
        // Asked again: the file's row may have been read before somebody else's work was kept.
        return versions.sha256(file.path()).orElseGet(() -> {
            String sha256 = scan.sha256(file.path(), file.checksum());
            versions.remember(file.path(), sha256);
            return sha256;
        });
    }

    private FilePart part(VersionFile file, SliceBytes located) throws IOException {
        if (storage.find(file.path()).isEmpty()) {
            throw new TidelineException(VersionError.UNREADABLE_SHARD, "file: " + file.path() + " (expected: a committed file)");
        }
        return new FilePart(storage, file.path(), located.first(), located.bytes());
    }

    private VersionFile file(SealedVersion version, String split, int ordinal) {
        return versions.files(version).stream().filter(candidate -> candidate.split().equals(split) && candidate.ordinal() == ordinal).findFirst()
                .orElseThrow(() -> new TidelineException(VersionError.UNKNOWN_FILE, "file: " + split + "/" + ordinal + " of version "
                        + version.version() + " of dataset " + version.dataset() + " (expected: one of GET /v1/datasets/" + version.dataset()
                        + "/versions/" + version.version() + "/files)"));
    }

    private static String name(SealedVersion version, VersionFile file) {
        return "%s-v%d-%s-%05d.tfrecord".formatted(version.dataset(), version.version(), file.split(), file.ordinal());
    }

    private static String attachment(String name) {
        return ContentDisposition.attachment().filename(name).build().toString();
    }
}
