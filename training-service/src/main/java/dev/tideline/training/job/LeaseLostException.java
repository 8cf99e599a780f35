package dev.tideline.training.job;

/** The job's row belongs to another owner by now. */
final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LeaseLostException(Job job) {
        super("job " + job.id() + ": no longer leased by this instance");
    }
}
