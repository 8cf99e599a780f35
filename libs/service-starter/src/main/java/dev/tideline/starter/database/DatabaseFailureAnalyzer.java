package dev.tideline.starter.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says in one line that PostgreSQL is absent, refuses the user, or lacks the database. */
final class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private final @Nullable Environment environment;

    /** @param environment null when the start failed before there was one */
    DatabaseFailureAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, SQLException failure) {
        String state = deepestState(failure);
        String kind = state.length() < 2 ? "" : state.substring(0, 2);
        return switch (kind) {
            case "08" -> analysis(failure, "no answer", "a PostgreSQL server that answers",
                    "Start PostgreSQL (./tideline up brings one) or correct SPRING_DATASOURCE_URL.");
            case "28" -> analysis(failure, "login refused for user " + setting("spring.datasource.username"),
                    "a user that may log in", "Correct SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.");
            case "3D" -> analysis(failure, "no such database", "a database that exists",
                    "Create the database or correct SPRING_DATASOURCE_URL.");
            case "57" -> analysis(failure, "not ready: " + failure.getMessage(), "a PostgreSQL server that is up",
                    "Wait until PostgreSQL has started, then start the service again.");
            default -> null;
        };
    }

    private FailureAnalysis analysis(SQLException failure, String what, String expected, String action) {
        return new FailureAnalysis(
                "spring.datasource.url: " + setting("spring.datasource.url") + ": " + what + " (expected: " + expected + ")",
                action, failure);
    }

    /** Pools wrap the driver's exception, and their own carries no state. */
    private static String deepestState(SQLException failure) {
        String state = "";
        for (Throwable current = failure; current != null; current = current.getCause()) {
            if (current instanceof SQLException sql && sql.getSQLState() != null) {
                state = sql.getSQLState();
            }
        }
        return state;
    }

    private String setting(String key) {
        return environment == null ? "unknown" : environment.getProperty(key, "unset");
    }
}
