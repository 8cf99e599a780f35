package dev.tideline.monitoring.outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Labelled answers until there are enough for figures of their quality. Filled by one thread.
 *
 * @param sequence counts from 1
 * @param opened   when the first label came, in milliseconds since 1970; 0 while empty
 * @param from     event time of the earliest prediction, null while empty
 */
record AnswerWindow(long sequence, long opened, @Nullable Instant from, @Nullable Instant to, List<Answer> answers) {

    static AnswerWindow first() {
        return new AnswerWindow(1, 0, null, null, new ArrayList<>());
    }

    /** This window with one more answer, which the list shared with the former one takes up. */
    AnswerWindow with(Instant time, Answer answer, long now) {
        answers.add(answer);
        return new AnswerWindow(sequence, opened == 0 ? now : opened, from == null || time.isBefore(from) ? time : from,
                to == null || time.isAfter(to) ? time : to, answers);
    }

    boolean isDue(int rows, Duration time, long now) {
        return answers.size() >= rows || !answers.isEmpty() && now - opened >= time.toMillis();
    }

    long right() {
        return answers.stream().filter(answer -> switch (answer) {
            case Answer.Named named -> named.right();
            case Answer.Several several -> several.right();
            case Answer.Measured measured -> false;
        }).count();
    }

    AnswerWindow next() {
        return new AnswerWindow(sequence + 1, 0, null, null, new ArrayList<>());
    }
}
