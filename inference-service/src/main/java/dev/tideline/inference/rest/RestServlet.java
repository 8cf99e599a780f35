package dev.tideline.inference.rest;

import dev.tideline.inference.admission.RequestMemory;
import dev.tideline.inference.prediction.EntryPoint;
import dev.tideline.inference.prediction.InputReader;
import dev.tideline.inference.prediction.ModelStatus;
import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.prediction.Predictor;
import dev.tideline.inference.prediction.RequestIds;
import dev.tideline.inference.prediction.RequestTerms;
import dev.tideline.inference.servable.Lease;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.inference.servable.VersionChoice;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Tensor;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code /v1/...}. A servlet of its own: Spring's path patterns give colons and encoded slashes a meaning of theirs. */
final class RestServlet extends HttpServlet {

    static final String REQUEST_ID = "Tideline-Request-Id";
    static final String MODEL_VERSION = "Tideline-Model-Version";

    private static final Logger log = LoggerFactory.getLogger(RestServlet.class);
    private static final long serialVersionUID = 1L;

    private final transient Predictor predictor;
    private final transient ServableManager servables;
    private final transient RequestIds requestIds;
    private final transient RestProperties properties;
    private final transient ClientWatch clients;
    private final transient RequestBody bodies;
    private final transient RequestMemory memory;
    private final transient Stopping stopping;

    RestServlet(
            Predictor predictor, ServableManager servables, RequestIds requestIds, ClientWatch clients, RequestMemory memory, Stopping stopping,
            RestProperties properties) {
        this.predictor = predictor;
        this.servables = servables;
        this.requestIds = requestIds;
        this.clients = clients;
        this.properties = properties;
        this.memory = memory;
        this.stopping = stopping;
        this.bodies = new RequestBody(Math.min(properties.maxBody().toBytes(), RequestMemory.share()));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            broken(request, response);
            return;
        }
        String origin = request.getHeader("Origin");
        if (properties.cors() && origin != null) {
            response.setHeader("Access-Control-Allow-Origin", "*");
        }
        try (RequestMemory.Hold hold = memory.hold()) {
            if (properties.cors() && request.getMethod().equals("OPTIONS")) {
                preflight(origin, response);
                return;
            }
            answer(request, response, hold);
        } catch (StatusException e) {
            if (e.code() == StatusCode.RESOURCE_EXHAUSTED) {
                // Whole seconds, and 0 would ask for the next moment.
                response.setHeader("Retry-After", Long.toString(e.retryAfter().plusMillis(999).toSeconds()));
            }
            send(response, e.code().httpStatus(), ErrorBody.write(e.text()));
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            send(response, StatusCode.INTERNAL.httpStatus(), ErrorBody.write("The service met a fault; its log has the particulars"));
        }
    }

    /** The container answers a request whose body is no HTTP by itself, and has thrown away what was answered here. */
    private void broken(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        if (!String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)).toLowerCase(Locale.ROOT).startsWith("/v1/")) {
            request.getRequestDispatcher("/error").forward(request, response);
            return;
        }
        send(response, HttpServletResponse.SC_BAD_REQUEST, ErrorBody.write(RequestBody.broken(
                (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION)).text()));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, RequestMemory.Hold hold) throws IOException {
        byte[] body = switch (RestCall.parse(request.getMethod(), request.getRequestURI())) {
            case RestCall.Predict call -> predict(call, request, response, hold);
            case RestCall.Status call -> StatusBody.write(ModelStatus.of(servables, call.model(), call.version()));
            case RestCall.Metadata call -> metadata(call);
            case RestCall.Classify call -> ExampleResponse.classes(run(call.model(), call.version(),
                    new ExampleRequest(EntryPoint.REST_CLASSIFY, bodies.read(request, hold)), request, response));
            case RestCall.Regress call -> ExampleResponse.values(run(call.model(), call.version(),
                    new ExampleRequest(EntryPoint.REST_REGRESS, bodies.read(request, hold)), request, response));
        };
        send(response, HttpServletResponse.SC_OK, body);
    }

    /** A browser asks before it sends what a form could not. */
    private static void preflight(@Nullable String origin, HttpServletResponse response) {
        if (origin == null || !origin.matches("(?i)https?://.*")) {
            throw StatusException.invalid("Origin: " + (origin == null ? "absent" : origin) + " (expected: http:// or https://)");
        }
        response.setHeader("Access-Control-Allow-Methods", "POST, GET");
        response.setHeader("Access-Control-Allow-Headers", "Content-Type");
        response.setStatus(HttpServletResponse.SC_OK);
    }

    private byte[] predict(
            RestCall.Predict call, HttpServletRequest request, HttpServletResponse response, RequestMemory.Hold hold) throws IOException {
        PredictRequest body = new PredictRequest(bodies.read(request, hold));
        Map<String, Tensor> outputs = run(call.model(), call.version(), body, request, response).outputs();
        hold.grow(PredictResponse.expectedBytes(outputs, body.byRow()));
        return body.byRow() ? PredictResponse.rows(outputs) : PredictResponse.columns(outputs);
    }

    private Prediction run(
            String model, VersionChoice version, InputReader body, HttpServletRequest request, HttpServletResponse response) {
        String requestId = requestIds.orNew(request.getHeader(REQUEST_ID));
        response.setHeader(REQUEST_ID, requestId);
        RequestTerms terms = RequestTerms.of(
                request.getHeader(RequestTerms.PRIORITY), request.getHeader(RequestTerms.TIMEOUT), properties.timeout());
        Prediction prediction = clients.await(
                predictor.start(requestId, model, version, body, terms), ClientConnection.of(request)::closed);
        response.setHeader(MODEL_VERSION, Long.toString(prediction.servable().version()));
        return prediction;
    }

    private byte[] metadata(RestCall.Metadata call) {
        try (Lease lease = servables.acquire(call.model(), call.version())) {
            return MetadataBody.write(lease.servable());
        }
    }

    private void send(HttpServletResponse response, int status, byte[] body) throws IOException {
        if (stopping.begun()) {
            response.setHeader("Connection", "close");
        }
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
