package dev.tideline.training.job;

import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with asking for a job. */
enum JobError implements ErrorCode {

    UNKNOWN_JOB(404),
    /** The model has a job that is not finished. */
    JOB_ACTIVE(409),
    /** The job is finished already. */
    JOB_FINISHED(409),
    INVALID_JOB(400),
    /** No place for another event stream. */
    TOO_MANY_FOLLOWERS(429);

    private final int status;

    JobError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
