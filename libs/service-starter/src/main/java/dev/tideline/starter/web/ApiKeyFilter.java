package dev.tideline.starter.web;

import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Lets requests through that carry the API key, and health checks, which say nothing that is worth hiding. */
final class ApiKeyFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";
    private static final String HEALTH = "/actuator/health";

    private final byte[] key;
    private final Problems problems;
    private final JsonMapper json;

    ApiKeyFilter(String key, Problems problems, JsonMapper json) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
        this.problems = problems;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // Decoded and normalised, unlike the URI, in which /actuator/health/../prometheus would pass.
        String path = request.getServletPath();
        return path.equals(HEALTH) || path.startsWith(HEALTH + "/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (matches(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            chain.doFilter(request, response);
            return;
        }
        ProblemDetail body = problems.problem(CommonError.UNAUTHORIZED,
                "Authorization: absent or wrong (expected: Bearer and the API key)", List.of(), request.getRequestURI());
        response.setStatus(CommonError.UNAUTHORIZED.status());
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(body));
    }

    /** In time that does not depend on how much of the key was guessed. */
    private boolean matches(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(key, header.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
    }
}
