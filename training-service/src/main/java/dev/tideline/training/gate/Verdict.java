package dev.tideline.training.gate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.Collectors;

/** What the gate decided, with every rule it looked at. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "decision")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Verdict.Promote.class, name = "promote"),
    @JsonSubTypes.Type(value = Verdict.Reject.class, name = "reject")
})
public sealed interface Verdict {

    List<Finding> findings();

    /** The findings that decided, one line each: all when promoted, those that failed when rejected. */
    default List<String> reasons() {
        boolean promoted = this instanceof Promote;
        return findings().stream().filter(finding -> finding.passed() == promoted).map(Finding::text).toList();
    }

    default String summary() {
        return reasons().stream().collect(Collectors.joining("; "));
    }

    record Promote(List<Finding> findings) implements Verdict {
        public Promote {
            findings = List.copyOf(findings);
        }
    }

    record Reject(List<Finding> findings) implements Verdict {
        public Reject {
            findings = List.copyOf(findings);
        }
    }
}
