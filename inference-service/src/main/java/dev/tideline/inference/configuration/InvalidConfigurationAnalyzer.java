package dev.tideline.inference.configuration;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A start with a configuration that cannot be ends with its problems instead of a stack trace. */
final class InvalidConfigurationAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, InvalidConfigurationException failure) {
        return new FailureAnalysis(String.valueOf(failure.getMessage()),
                "Correct the model config; docs/how-to/from-tensorflow-serving.md shows its form.", failure);
    }
}
