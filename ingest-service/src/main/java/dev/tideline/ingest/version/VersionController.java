package dev.tideline.ingest.version;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tideline.contracts.DataWindow;
import dev.tideline.features.StatisticsCodec;
import dev.tideline.ingest.dataset.Catalogue;
import dev.tideline.ingest.report.StatisticsReport;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Seals and shows dataset versions. */
@RestController
@RequestMapping("/v1/datasets/{name}/versions")
final class VersionController {

    record View(
            String dataset, long version, long records, SortedMap<String, Long> splits, DataWindow window, int schemaVersion,
            String contentHash, String manifest, Instant sealedAt, String requestId, Trigger trigger,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant retiredAt) {

        static View of(SealedVersion version) {
            return new View(version.dataset(), version.version(), version.records(), version.splits(), version.window(),
                    version.schemaVersion(), version.contentHash(), version.manifest(), version.sealedAt(), version.requestId(),
                    version.trigger(), version.retiredAt());
        }
    }

    record Views(List<View> versions) {}

    private final SealVersion seal;
    private final JdbcVersions versions;
    private final ManifestFiles manifests;
    private final Catalogue catalogue;
    private final VersionLookup lookup;
    private final RandomGenerator random;
    private final InstantSource clock;

    VersionController(
            SealVersion seal, JdbcVersions versions, ManifestFiles manifests, Catalogue catalogue, VersionLookup lookup,
            RandomGenerator random, InstantSource clock) {
        this.seal = seal;
        this.versions = versions;
        this.manifests = manifests;
        this.catalogue = catalogue;
        this.lookup = lookup;
        this.random = random;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<View> seal(@PathVariable String name, @RequestBody JsonNode body) {
        SealRequest request = SealRequest.read(body);
        String id = request.requestId() == null ? HexFormat.of().toHexDigits(random.nextLong()) : request.requestId();
        SealVersion.Sealed sealed = seal.seal(name, request.window(), id, request.trigger(),
                request.pin() == null ? null : request.pin().from(clock.instant()));
        return ResponseEntity.status(sealed.created() ? HttpStatus.CREATED : HttpStatus.OK).body(View.of(sealed.version()));
    }

    @GetMapping
    Views list(@PathVariable String name) {
        return new Views(versions.all(catalogue.get(name).name()).stream().map(View::of).toList());
    }

    @GetMapping("/{version}")
    View show(@PathVariable String name, @PathVariable long version) {
        return View.of(lookup.find(name, version));
    }

    /** Statistics by split. */
    @GetMapping("/{version}/statistics")
    SortedMap<String, JsonNode> statistics(@PathVariable String name, @PathVariable long version) {
        lookup.get(name, version);
        SortedMap<String, JsonNode> statistics = new TreeMap<>();
        manifests.read(name, version).splits().forEach((split, part) -> statistics.put(split, StatisticsCodec.write(part.statistics())));
        return statistics;
    }

    /** The same as a page for people. */
    @GetMapping(path = "/{version}/statistics.html", produces = "text/html;charset=UTF-8")
    ResponseEntity<String> page(@PathVariable String name, @PathVariable long version) {
        lookup.get(name, version);
        return ResponseEntity.ok().header("Content-Security-Policy", StatisticsReport.contentSecurityPolicy())
                .body(StatisticsReport.html(manifests.read(name, version)));
    }
}
