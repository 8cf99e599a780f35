package dev.tideline.platform.demo;

import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A stream with a past and a live part, and the model that is to be kept current on it. */
interface Scenario {

    /** Name of the dataset and of the model, unless it is taken. */
    String name();

    /** One line for people: where the rows come from. */
    String description();

    /** How the rows were taken, where not as they are. */
    default List<String> notes() {
        return List.of();
    }

    /** A schema as ingest-service takes it. */
    ObjectNode schema();

    /** A model definition for training-service. */
    ObjectNode definition(String dataset);

    /** A retraining policy for monitoring-service. */
    ObjectNode policy();

    /** Rows that happened before the first model, in order. */
    Iterator<DemoRecord> history();

    /** Rows that follow, in order. */
    Iterator<DemoRecord> live();

    /** Number of rows in {@link #history()}. */
    int historyRows();

    /** Rows of {@link #live()} per second. */
    double rate();

    /** Whether it is known when the stream drifts. */
    boolean driftIsKnown();

    /** For a scenario whose drift is known: rows of {@link #live()} from now on come from the drifted world. */
    void drift();
}
