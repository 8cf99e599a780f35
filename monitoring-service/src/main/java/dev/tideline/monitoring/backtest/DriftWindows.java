package dev.tideline.monitoring.backtest;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.features.Schema;
import dev.tideline.monitoring.drift.Background;
import dev.tideline.monitoring.drift.DriftJudge;
import dev.tideline.monitoring.drift.WindowVerdict;
import dev.tideline.monitoring.profile.ProfileSet;
import dev.tideline.monitoring.retraining.Observation;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Windows of the live version's inputs and outputs, judged when they are full. */
final class DriftWindows {

    /** The service's default. */
    private static final int ROWS = 500;

    private final Schema schema;
    private final DriftJudge judge;
    private final List<ProfileSet> reference = new ArrayList<>();
    private Version version;
    private ProfileSet open;
    private long sequence;

    DriftWindows(Schema schema, DriftJudge judge, Version version) {
        this.schema = schema;
        this.judge = judge;
        this.version = version;
        this.open = new ProfileSet(version.baselines());
    }

    /** A new version has a baseline of its own. */
    void deploy(Version next) {
        version = next;
        open = new ProfileSet(version.baselines());
        reference.clear();
        sequence = 0;
    }

    /** The verdict when the window is full, else null. */
    Observation.@Nullable WindowJudged add(Example row, Laboratory.Answer answer, Instant time) {
        TreeMap<String, Feature> features = new TreeMap<>(row.features());
        features.put(RecordHeaders.OUTPUT_PREFIX + "label", label(answer.label()));
        if (!Float.isNaN(answer.score())) {
            features.put(RecordHeaders.OUTPUT_PREFIX + "probability", Feature.floats(answer.score()));
        }
        open.add(Example.of(features), time);
        if (open.rows() < ROWS) {
            return null;
        }
        ProfileSet full = open;
        open = new ProfileSet(version.baselines());
        sequence++;
        WindowVerdict verdict = judge.judge(full, judge.background("backtest", sequence, version.importance(), reference, null));
        if (reference.size() < Background.REFERENCE_WINDOWS) {
            reference.add(full);
        }
        return new Observation.WindowJudged(version.number(), time, verdict.status(), verdict.inputsDrift(), verdict.outputsDrift(), verdict.fault(),
                verdict.reason(), Map.of("rows", (double) verdict.rows()));
    }

    private Feature label(String text) {
        return switch (schema.labelFeature().orElseThrow().kind()) {
            case INT -> Feature.longs(Long.parseLong(text));
            case FLOAT -> Feature.floats(Float.parseFloat(text));
            case TEXT, BYTES -> Feature.text(text);
        };
    }
}
