package dev.tideline.monitoring.detector;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The state of a detector: immutable, so that it can be stored after every observation and replayed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "detector")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HddmA.class, name = "hddm-a"),
    @JsonSubTypes.Type(value = HddmW.class, name = "hddm-w"),
    @JsonSubTypes.Type(value = Adwin.class, name = "adwin"),
    @JsonSubTypes.Type(value = Cusum.class, name = "cusum"),
    @JsonSubTypes.Type(value = PageHinkley.class, name = "page-hinkley"),
    @JsonSubTypes.Type(value = Ddm.class, name = "ddm")
})
public sealed interface DriftDetector permits HddmA, HddmW, Adwin, Cusum, PageHinkley, Ddm {

    enum Level { STABLE, WARNING, DRIFT }

    /**
     * The state after one more observation. After {@link Level#DRIFT} the next observation starts afresh.
     *
     * @param error 0 for a right prediction, 1 for a wrong one; any value within [0, 1] for graded errors
     */
    DriftDetector next(double error);

    /** What the newest observation led to. */
    Level level();

    /** Mean error before the rise, as far as the detector knows it: the level that the newest errors are compared with. */
    double quietMean();

    /** Mean error since. */
    double recentMean();

    /** Observations since: the estimated length of the new concept. */
    long recentCount();
}
