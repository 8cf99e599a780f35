package dev.tideline.training.registry;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who made a request. */
final class Caller {

    private Caller() {}

    static String name(@Nullable Principal caller) {
        return caller == null ? "anonymous" : caller.getName();
    }
}
