package dev.tideline.ingest.intake;

import dev.tideline.contracts.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a request's records.
 *
 * @param accepted      records that the broker has acknowledged
 * @param rejectedCount records that were refused
 * @param rejected      what is wrong with them, up to a limit
 */
record IntakeReport(long accepted, long rejectedCount, List<Rejection> rejected) {

    /** One problem of a record. @param line number of the record in the request, from 1 */
    record Rejection(long line, String code, String pointer, String value, String expected) {}

    /** Collects the report while records pass. */
    static final class Builder {

        private final int limit;
        private final List<Rejection> rejections = new ArrayList<>();
        private long accepted;
        private long rejected;

        Builder(int limit) {
            this.limit = limit;
        }

        void accept() {
            accepted++;
        }

        void reject(long line, List<Problem> problems) {
            rejected++;
            for (Problem problem : problems) {
                if (rejections.size() < limit) {
                    rejections.add(new Rejection(line, problem.code(), problem.pointer(), problem.value(), problem.expected()));
                }
            }
        }

        long accepted() {
            return accepted;
        }

        long rejected() {
            return rejected;
        }

        IntakeReport build() {
            return new IntakeReport(accepted, rejected, List.copyOf(rejections));
        }
    }
}
