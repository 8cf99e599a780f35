package dev.tideline.inference.prediction;

import dev.tideline.inference.status.StatusException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Names requests. Row {@code i} of a request is prediction {@code <request id>-<i>}. */
@Component
public final class RequestIds {

    public static final int MAX_LENGTH = 128;

    private final String process;
    private final AtomicLong next = new AtomicLong();

    RequestIds(RandomGenerator random) {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        this.process = HexFormat.of().formatHex(bytes);
    }

    /**
     * The caller's id, or a new one that no other process gives.
     *
     * @throws StatusException INVALID_ARGUMENT when the id is no good as a Kafka key and an HTTP header
     */
    public String orNew(@Nullable String given) {
        if (given == null || given.isEmpty()) {
            return process + "-" + Long.toString(next.getAndIncrement(), Character.MAX_RADIX);
        }
        if (given.length() > MAX_LENGTH || !given.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw StatusException.invalid("Tideline-Request-Id: " + (given.length() > MAX_LENGTH ? given.length() + " characters" : given)
                    + " (expected: 1 to " + MAX_LENGTH + " visible ASCII characters)");
        }
        return given;
    }
}
