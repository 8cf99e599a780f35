package dev.tideline.starter.error;

/** The common code of a bare HTTP status, for failures that the framework or the servlet container found. */
final class StatusCodes {

    private StatusCodes() {}

    static ErrorCode codeOf(int status) {
        return switch (status) {
            case 401 -> CommonError.UNAUTHORIZED;
            case 404 -> CommonError.NOT_FOUND;
            case 405 -> CommonError.METHOD_NOT_ALLOWED;
            case 406 -> CommonError.NOT_ACCEPTABLE;
            case 409 -> CommonError.CONFLICT;
            case 413 -> CommonError.PAYLOAD_TOO_LARGE;
            case 415 -> CommonError.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> CommonError.TOO_MANY_REQUESTS;
            case 503 -> CommonError.UNAVAILABLE;
            default -> status >= 400 && status < 500 ? CommonError.BAD_REQUEST : CommonError.INTERNAL;
        };
    }
}
