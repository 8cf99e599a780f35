package dev.tideline.monitoring.overview;

import dev.tideline.monitoring.outcome.Accuracy;
import dev.tideline.monitoring.outcome.LabelTotals;
import dev.tideline.monitoring.retraining.Phase;
import dev.tideline.monitoring.window.WindowView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model at a glance.
 *
 * @param state       where its loop stands
 * @param since       since when
 * @param reason      why
 * @param liveVersion the version that answers, null before the first
 * @param verdict     newest window of that version, null before the first
 * @param accuracy    last full window of labels of that version, null before the first
 * @param labels      labels of that version so far
 * @param archived    labelled rows of all versions that went back to the dataset
 * @param nextStep    what the loop waits for
 */
record ModelView(
        String model, Phase state, Instant since, String reason, @Nullable Long liveVersion, @Nullable WindowView verdict,
        @Nullable Accuracy accuracy, @Nullable LabelTotals labels, long archived, @Nullable String request, String nextStep) {}
