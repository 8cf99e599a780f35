package dev.tideline.starter.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

final class OpenNetworkAnalyzer extends AbstractFailureAnalyzer<OpenNetworkException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, OpenNetworkException failure) {
        return new FailureAnalysis(failure.getMessage(), """
                Do one of these:
                  - set TIDELINE_SECURITY_API_KEY (16 characters or more): clients then send Authorization: Bearer <key>
                  - set TIDELINE_SECURITY_OPEN_NETWORK=true if a firewall, mesh or gateway decides who gets in
                  - listen on 127.0.0.1""", failure);
    }
}
