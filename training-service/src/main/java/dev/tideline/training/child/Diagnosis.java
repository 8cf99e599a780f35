package dev.tideline.training.child;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells failures apart that Java and TensorFlow report by text alone. */
final class Diagnosis {

    /** How the operating system words it; TensorFlow and Java pass it on. */
    private static final List<String> DISK_FULL = List.of("No space left on device", "Disk quota exceeded");
    private static final List<String> OUT_OF_MEMORY = List.of("OOM when allocating", "bad_alloc", "failed to allocate memory");

    private Diagnosis() {}

    static ChildMessage.Failed of(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ChildException known) {
                return new ChildMessage.Failed(known.code(), String.valueOf(known.getMessage()));
            }
            if (contains(each.getMessage(), DISK_FULL)) {
                return new ChildMessage.Failed(ChildFailure.DISK_FULL, "disk: " + each.getMessage()
                    + " (expected: room for two checkpoints and the model below the storage root)");
            }
            if (contains(each.getMessage(), OUT_OF_MEMORY)) {
                return new ChildMessage.Failed(ChildFailure.OUT_OF_MEMORY, "memory: " + firstLine(each.getMessage())
                    + " (expected: a batch and a network that fit; a smaller batchSize may help)");
            }
        }
        return new ChildMessage.Failed(ChildFailure.INTERNAL, failure.toString());
    }

    private static boolean contains(@Nullable String message, List<String> parts) {
        return message != null && parts.stream().anyMatch(message::contains);
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
