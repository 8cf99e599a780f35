package dev.tideline.starter.storage;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

final class UnusableStorageAnalyzer extends AbstractFailureAnalyzer<UnusableStorageException> {

    private static final String FOLDER =
            "Make the folder writable for the user of this process, or name another place by TIDELINE_STORAGE_ROOT.";
    private static final String BUCKET = "Make sure that the bucket exists, that tideline.storage.s3.endpoint, .region and .path-style fit the"
            + " server it is on, and that the keys in tideline.storage.s3 or in the environment may list, read, write and delete in it.";

    @Override
    protected FailureAnalysis analyze(Throwable root, UnusableStorageException failure) {
        String message = String.valueOf(failure.getMessage());
        boolean bucket = message.contains("s3://") || message.contains("tideline.storage.s3");
        return new FailureAnalysis(message, bucket ? BUCKET : FOLDER, failure);
    }
}
