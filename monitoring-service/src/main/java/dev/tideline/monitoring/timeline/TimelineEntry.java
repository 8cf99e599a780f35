package dev.tideline.monitoring.timeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param event   id of the event behind it
 * @param kind    such as {@code DEPLOYMENT_LIVE}
 * @param version the model version it is about, null when there is none
 * @param summary one line for people
 */
record TimelineEntry(String event, String model, Instant at, String kind, @Nullable Long version, String summary) {}
