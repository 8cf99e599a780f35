package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.TrainingRequest.Trigger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an observation leads to.
 *
 * @param request a training request to send with the new state, or null
 * @param answer  what becomes of a candidate that waited for a person, to be sent with the new state, or null
 */
record Decision(LoopState state, List<Transition> transitions, @Nullable Request request, @Nullable Answer answer) {

    Decision {
        transitions = List.copyOf(transitions);
    }

    record Request(String id, DataWindow window, Trigger trigger, String reason, Map<String, Double> evidence) {}

    /** @param request that the candidate came of */
    record Answer(String request, boolean approved, String by, String reason) {}
}
