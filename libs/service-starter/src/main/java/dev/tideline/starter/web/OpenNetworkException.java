package dev.tideline.starter.web;

/** A service was told to listen beyond loopback without a key. */
final class OpenNetworkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OpenNetworkException(String key, String address) {
        super(key + ": " + address + " (expected: a loopback address, unless an API key is set)");
    }
}
