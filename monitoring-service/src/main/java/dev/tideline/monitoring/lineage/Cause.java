package dev.tideline.monitoring.lineage;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.TrainingRequest;
import java.time.Instant;
import java.util.Map;

/**
 * Why a training took place.
 *
 * @param request  id of the request
 * @param evidence the figures behind the reason, by name
 */
public record Cause(
        String request, Instant at, TrainingRequest.Trigger trigger, String reason, Map<String, Double> evidence, DataWindow window) {}
