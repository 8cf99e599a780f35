package dev.tideline.ingest.version;

import dev.tideline.ingest.dataset.Catalogue;
import dev.tideline.starter.error.TidelineException;
import org.springframework.stereotype.Component;

/** Finds a version, or says what is missing: the dataset, the version, or its content. */
@Component
final class VersionLookup {

    private final Catalogue catalogue;
    private final JdbcVersions versions;

    VersionLookup(Catalogue catalogue, JdbcVersions versions) {
        this.catalogue = catalogue;
        this.versions = versions;
    }

    SealedVersion find(String name, long version) {
        return versions.find(catalogue.get(name).name(), version).orElseThrow(() -> new TidelineException(VersionError.UNKNOWN_VERSION,
                "version: " + version + " of dataset " + name + " (expected: a sealed version, see GET /v1/datasets/" + name + "/versions)"));
    }

    /** A version whose content is there. */
    SealedVersion get(String name, long version) {
        SealedVersion found = find(name, version);
        if (found.retiredAt() != null) {
            throw retired(found);
        }
        return found;
    }

    TidelineException retired(SealedVersion version) {
        return new TidelineException(VersionError.RETIRED_VERSION, "version: " + version.version() + " of dataset " + version.dataset()
                + " was retired at " + version.retiredAt() + " (expected: a version that is kept)");
    }
}
