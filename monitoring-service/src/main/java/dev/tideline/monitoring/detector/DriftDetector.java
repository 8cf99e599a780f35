package dev.tideline.monitoring.detector;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The state of a detector: immutable, so that it can be stored after every observation and replayed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "detector")
@JsonSubTypes({@JsonSubTypes.Type(value = HddmA.class, name = "hddm-a")})
public sealed interface DriftDetector permits HddmA {

    enum Level { STABLE, WARNING, DRIFT }

    /**
     * The state after one more observation. After {@link Level#DRIFT} the next observation starts afresh.
     *
     * @param error 0 for a right prediction, 1 for a wrong one; any value within [0, 1] for graded errors
     */
    DriftDetector next(double error);

    /** What the newest observation led to. */
    Level level();

    /** Mean error over the quietest prefix seen, the level that the newest errors are compared with. */
    double quietMean();

    /** Mean error since the end of that prefix. */
    double recentMean();

    /** Observations since the end of that prefix: the estimated length of the new concept. */
    long recentCount();
}
