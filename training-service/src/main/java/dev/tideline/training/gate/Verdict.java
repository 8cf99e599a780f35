package dev.tideline.training.gate;

import java.util.List;

/** What the gate decided, with every reason. */
public sealed interface Verdict {

    List<String> reasons();

    default String summary() {
        return String.join("; ", reasons());
    }

    record Promote(List<String> reasons) implements Verdict {
        public Promote {
            reasons = List.copyOf(reasons);
        }
    }

    record Reject(List<String> reasons) implements Verdict {
        public Reject {
            reasons = List.copyOf(reasons);
        }
    }
}
