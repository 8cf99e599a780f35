package dev.tideline.inference.rest;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/** The connection that a request came on. Servlets cannot ask whether its client is still there, but the connector can. */
final class ClientConnection {

    private static final String ATTRIBUTE = ClientConnection.class.getName();

    private final org.apache.coyote.Request request;

    private ClientConnection(org.apache.coyote.Request request) {
        this.request = request;
    }

    /** Makes the connection known to {@link #of}. */
    static ValveBase valve() {
        return new ValveBase(true) {
            @Override
            public void invoke(Request request, Response response) throws IOException, ServletException {
                request.setAttribute(ATTRIBUTE, new ClientConnection(request.getCoyoteRequest()));
                getNext().invoke(request, response);
            }
        };
    }

    static ClientConnection of(HttpServletRequest request) {
        return (ClientConnection) request.getAttribute(ATTRIBUTE);
    }

    /**
     * Whether the client has closed its side. To be asked once the body was read, by the thread of the request: it looks into the connection's
     * own buffer. Bytes of a next request stay there.
     */
    boolean closed() {
        // The connector says of the end of the stream, and of a connection that broke, that there is something to read, and keeps nothing of it.
        return available(false) == 0 && available(true) > 0 && available(false) == 0;
    }

    /** @param look whether to read from the connection what is there; otherwise its buffer counts */
    private int available(boolean look) {
        request.action(ActionCode.AVAILABLE, look);
        return request.getAvailable();
    }
}
