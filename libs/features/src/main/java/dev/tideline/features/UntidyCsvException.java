package dev.tideline.features;

import java.io.IOException;
import java.util.List;

/** A CSV file whose faults a person has to mend. */
public final class UntidyCsvException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param problems each on a line of its own */
    UntidyCsvException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
