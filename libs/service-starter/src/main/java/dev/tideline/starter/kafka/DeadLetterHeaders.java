package dev.tideline.starter.kafka;

/** Headers of a dead letter beside {@code tideline-source-topic}, {@code -partition} and {@code -offset}; UTF-8 text. */
final class DeadLetterHeaders {

    static final String ERROR_CODE = "tideline-error-code";
    static final String ERROR_MESSAGE = "tideline-error-message";

    private DeadLetterHeaders() {}
}
