package dev.tideline.monitoring.deployment;

import dev.tideline.starter.error.ErrorCode;

enum DeploymentError implements ErrorCode {

    /** No version of a model of that name was ever decided about or deployed. */
    NO_DEPLOYMENTS(404),
    /** The time lies in the future. */
    INVALID_TIME(400);

    private final int status;

    DeploymentError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
