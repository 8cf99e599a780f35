package dev.tideline.starter.error;

import dev.tideline.storage.StorageUnavailableException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Finds the code of any exception, for HTTP answers and Kafka listeners alike. */
public final class Failures {

    private static final int MAX_DEPTH = 20;

    private Failures() {}

    /** The code of {@code failure} or of the first cause that has one; {@link CommonError#INTERNAL} when none has. */
    public static ErrorCode codeOf(Throwable failure) {
        Throwable current = failure;
        for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
            ErrorCode code = ownCode(current);
            if (code != null) {
                return code;
            }
            current = current.getCause();
        }
        return CommonError.INTERNAL;
    }

    private static @Nullable ErrorCode ownCode(Throwable failure) {
        return switch (failure) {
            case TidelineException own -> own.code();
            case DataAccessResourceFailureException down -> CommonError.DATABASE_UNAVAILABLE;
            case TransientDataAccessException again -> CommonError.DATABASE_UNAVAILABLE;
            case CannotCreateTransactionException down -> CommonError.DATABASE_UNAVAILABLE;
            case RetriableException kafka -> CommonError.BROKER_UNAVAILABLE;
            case StorageUnavailableException down -> CommonError.STORAGE_UNAVAILABLE;
            default -> null;
        };
    }
}
