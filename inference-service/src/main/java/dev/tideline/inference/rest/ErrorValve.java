package dev.tideline.inference.rest;

import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.Pipeline;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that reach no servlet, such as a path with a broken escape, in the form of all other errors instead of a page. */
final class ErrorValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ErrorValve.class);
    private static final int FIRST_ERROR = 400;

    /** In place of what is there. */
    static void addTo(Context context) {
        if (context.getParent() instanceof StandardHost host) {
            Pipeline pipeline = host.getPipeline();
            for (Valve valve : pipeline.getValves()) {
                if (valve instanceof ErrorReportValve) {
                    pipeline.removeValve(valve);
                }
            }
            host.setErrorReportValveClass(ErrorValve.class.getName());
            pipeline.addValve(new ErrorValve());
        }
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        byte[] body = ErrorBody.write(response.getStatus() == FIRST_ERROR
                ? "Malformed request: " + request.getMethod() + " " + request.getRequestURI() : "HTTP status " + response.getStatus());
        response.setContentType("application/json");
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException e) {
            log.debug("Nobody is there to be told of an error", e);
        }
    }
}
