package dev.tideline.platform.demo;

/** The demo cannot go on; the message says at which step and why. */
final class DemoException extends RuntimeException {

    DemoException(String message) {
        super(message);
    }
}
