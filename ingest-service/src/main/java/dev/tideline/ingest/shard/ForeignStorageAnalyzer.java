package dev.tideline.ingest.shard;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

final class ForeignStorageAnalyzer extends AbstractFailureAnalyzer<ForeignStorageException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, ForeignStorageException failure) {
        return new FailureAnalysis(failure.getMessage(), """
                Nothing was written or removed. Do one of these:
                  - mount the storage, or name the right root by TIDELINE_STORAGE_ROOT
                  - name the database that belongs to this root by SPRING_DATASOURCE_URL
                  - if this is a copy of the right root, write the id that the database knows into its file .tideline-storage
                  - for a fresh start, use an empty root and an empty database""", failure);
    }
}
