package dev.tideline.training.job;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** An address that TensorFlow's server can listen on. Somebody else may be faster: then the worker fails and the gang forms again. */
final class FreePort {

    private FreePort() {}

    /** @return {@code host:port} */
    static String on(String host) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return host + ":" + socket.getLocalPort();
        }
    }
}
