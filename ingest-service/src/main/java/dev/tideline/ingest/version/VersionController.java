package dev.tideline.ingest.version;

import dev.tideline.contracts.DataWindow;
import dev.tideline.features.StatisticsCodec;
import dev.tideline.ingest.dataset.Catalogue;
import dev.tideline.starter.error.TidelineException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
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
            String contentHash, String manifest, Instant sealedAt, String requestId) {

        static View of(SealedVersion version) {
            return new View(version.dataset(), version.version(), version.records(), version.splits(), version.window(),
                    version.schemaVersion(), version.contentHash(), version.manifest(), version.sealedAt(), version.requestId());
        }
    }

    record Views(List<View> versions) {}

    private final SealVersion seal;
    private final JdbcVersions versions;
    private final ManifestFiles manifests;
    private final Catalogue catalogue;
    private final RandomGenerator random;

    VersionController(
            SealVersion seal, JdbcVersions versions, ManifestFiles manifests, Catalogue catalogue, RandomGenerator random) {
        this.seal = seal;
        this.versions = versions;
        this.manifests = manifests;
        this.catalogue = catalogue;
        this.random = random;
    }

    @PostMapping
    ResponseEntity<View> seal(@PathVariable String name, @RequestBody JsonNode body) {
        SealRequest request = SealRequest.read(body);
        String id = request.requestId() == null ? HexFormat.of().toHexDigits(random.nextLong()) : request.requestId();
        SealVersion.Sealed sealed = seal.seal(name, request.window(), id);
        return ResponseEntity.status(sealed.created() ? HttpStatus.CREATED : HttpStatus.OK).body(View.of(sealed.version()));
    }

    @GetMapping
    Views list(@PathVariable String name) {
        return new Views(versions.all(catalogue.get(name).name()).stream().map(View::of).toList());
    }

    @GetMapping("/{version}")
    View show(@PathVariable String name, @PathVariable long version) {
        return View.of(find(name, version));
    }

    /** Statistics by split. */
    @GetMapping("/{version}/statistics")
    SortedMap<String, JsonNode> statistics(@PathVariable String name, @PathVariable long version) {
        find(name, version);
        SortedMap<String, JsonNode> statistics = new TreeMap<>();
        manifests.read(name, version).splits().forEach((split, part) -> statistics.put(split, StatisticsCodec.write(part.statistics())));
        return statistics;
    }

    private SealedVersion find(String name, long version) {
        return versions.find(catalogue.get(name).name(), version).orElseThrow(() -> new TidelineException(VersionError.UNKNOWN_VERSION,
                "version: " + version + " of dataset " + name + " (expected: a sealed version, see GET /v1/datasets/" + name + "/versions)"));
    }
}
