package dev.tideline.storage;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Turns what the SDK throws into what callers of {@link Storage} expect. */
final class S3Calls {

    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERRORS = 500;

    private S3Calls() {}

    /** @param what address of the object that is asked for */
    static <T> T call(String what, Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (SdkException failure) {
            throw translate(what, failure);
        }
    }

    static IOException translate(String what, SdkException failure) {
        if (failure instanceof S3Exception answer && answer.statusCode() == NOT_FOUND && !(answer instanceof NoSuchBucketException)) {
            NoSuchFileException absent = new NoSuchFileException(what);
            absent.initCause(failure);
            return absent;
        }
        return new StorageUnavailableException(what + ": " + why(failure) + " (expected: an answer of S3)", passing(failure), failure);
    }

    /** Missing credentials and a missing region come without an answer too, but not from the network. */
    private static boolean passing(SdkException failure) {
        if (failure instanceof SdkServiceException answer) {
            return answer.statusCode() >= SERVER_ERRORS || answer.isThrottlingException();
        }
        return failure instanceof ApiCallTimeoutException || failure instanceof ApiCallAttemptTimeoutException
                || Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause).anyMatch(IOException.class::isInstance);
    }

    private static String why(SdkException failure) {
        if (failure instanceof S3Exception answer && answer.awsErrorDetails() != null) {
            return answer.statusCode() + " " + answer.awsErrorDetails().errorCode();
        }
        Throwable deepest = failure;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest == failure || deepest.getMessage() == null ? failure.getMessage() : deepest.getMessage();
    }
}
