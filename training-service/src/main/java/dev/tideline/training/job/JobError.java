package dev.tideline.training.job;

import dev.tideline.starter.error.Category;
import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with asking for a job. */
enum JobError implements ErrorCode {

    UNKNOWN_JOB(Category.CALLER, 404),
    /** The model has a job that is not finished. */
    JOB_ACTIVE(Category.CALLER, 409),
    /** The job is finished already. */
    JOB_FINISHED(Category.CALLER, 409),
    INVALID_JOB(Category.CALLER, 400),
    /** No place for another event stream. */
    TOO_MANY_FOLLOWERS(Category.OVERLOADED, 429);

    private final Category category;
    private final int status;

    JobError(Category category, int status) {
        this.category = category;
        this.status = status;
    }

    @Override
    public Category category() {
        return category;
    }

    @Override
    public int status() {
        return status;
    }
}
