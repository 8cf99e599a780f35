package dev.tideline.starter.error;

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
public final class UnservedErrors extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(UnservedErrors.class);
    private static final int FIRST_ERROR = 400;

    private final String contentType;
    private final Form form;

    public UnservedErrors(String contentType, Form form) {
        this.contentType = contentType;
        this.form = form;
    }

    /** Writes the body of an answer. */
    @FunctionalInterface
    public interface Form {

        /**
         * @param status 400 or more
         * @param path   as it came, which may be anything
         */
        byte[] body(int status, @Nullable String method, @Nullable String path);
    }

    /** In place of what is there. */
    void addTo(Context context) {
        if (context.getParent() instanceof StandardHost host) {
            Pipeline pipeline = host.getPipeline();
            for (Valve valve : pipeline.getValves()) {
                if (valve instanceof ErrorReportValve) {
                    pipeline.removeValve(valve);
                }
            }
            host.setErrorReportValveClass(UnservedErrors.class.getName());
            pipeline.addValve(this);
        }
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        byte[] body = form.body(response.getStatus(), request.getMethod(), request.getRequestURI());
        response.setContentType(contentType);
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException e) {
            log.debug("Nobody is there to be told of an error", e);
        }
    }
}
