package dev.tideline.starter.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

class DatabaseFailureAnalyzerTest {

    private final DatabaseFailureAnalyzer analyzer = new DatabaseFailureAnalyzer(new MockEnvironment()
            .withProperty("spring.datasource.url", "jdbc:postgresql://db/tideline")
            .withProperty("spring.datasource.username", "ada")
            .withProperty("spring.datasource.password", "hush"));

    @ParameterizedTest
    @CsvSource({
        "08001, no answer", "28P01, login refused for user ada", "3D000, no such database", "57P03, not ready"
    })
    void stateOfPostgresBecomesDescriptionAndAction(String state, String description) {
        FailureAnalysis analysis = analyzer.analyze(new IllegalStateException(new SQLException("driver text", state)));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription())
                .startsWith("spring.datasource.url: jdbc:postgresql://db/tideline: " + description)
                .contains("(expected: ").doesNotContain("hush");
        assertThat(analysis.getAction()).isNotBlank();
    }

    @Test
    void stateInsideThePoolsExceptionCounts() {
        SQLException pool = new SQLException("pool gave up", null, new SQLException("refused", "08001"));

        assertThat(analyzer.analyze(pool)).isNotNull();
    }

    @Test
    void otherStatesAreLeftToOthers() {
        assertThat(analyzer.analyze(new SQLException("syntax", "42601"))).isNull();
    }
}
