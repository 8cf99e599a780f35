package dev.tideline.starter.storage;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

final class UnusableStorageAnalyzer extends AbstractFailureAnalyzer<UnusableStorageException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, UnusableStorageException failure) {
        return new FailureAnalysis(failure.getMessage(),
                "Make the folder writable for the user of this process, or name another one by TIDELINE_STORAGE_ROOT.", failure);
    }
}
