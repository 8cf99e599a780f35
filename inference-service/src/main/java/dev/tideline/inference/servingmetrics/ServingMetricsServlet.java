package dev.tideline.inference.servingmetrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One page for a scraper: TensorFlow Serving's names first, then Tideline's own. */
final class ServingMetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient ServingMetricsText text;
    private final transient @Nullable PrometheusMeterRegistry own;

    ServingMetricsServlet(ServingMetricsText text, @Nullable PrometheusMeterRegistry own) {
        this.text = text;
        this.own = own;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = (text.write() + (own == null ? "" : own.scrape())).getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/plain; version=0.0.4; charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
