package dev.tideline.platform.demo;

import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The generated rides of {@link Trips}: a past without drift, and a live part that drifts when told to. */
final class TripScenario implements Scenario {

    private static final long SEED = 20_260_301;

    private final int history;
    private final double rate;
    private final Trips live = new Trips(new SplittableRandom(SEED + 1), "live-");

    /**
     * @param history rows of the past
     * @param rate    rows per second of live traffic
     */
    TripScenario(int history, double rate) {
        this.history = history;
        this.rate = rate;
    }

    @Override
    public String name() {
        return "trips";
    }

    @Override
    public String description() {
        return "generated rides of a bike-sharing operator: which bikes come back late?";
    }

    @Override
    public ObjectNode schema() {
        var schema = Json.object("""
                {"version":1,"label":"late","features":[
                  {"name":"distance","kind":"FLOAT","domain":{"min":0,"max":50}},
                  {"name":"temperature","kind":"FLOAT","domain":{"min":-40,"max":60}},
                  {"name":"rain","kind":"FLOAT","domain":{"min":0,"max":100}},
                  {"name":"hour","kind":"INT","domain":{"min":0,"max":23}},
                  {"name":"station","kind":"TEXT"},
                  {"name":"rider","kind":"TEXT"},
                  {"name":"late","kind":"INT","domain":{"values":["0","1"]}}]}""");
        schema.get("features").forEach(feature -> ((ObjectNode) feature).put("required", true));
        return schema;
    }

    @Override
    public ObjectNode definition(String dataset) {
        return Json.object("""
                {"layers":[{"dense":{"units":32,"activation":"relu"}},{"dense":{"units":16,"activation":"relu"}}],
                 "head":{"binary":{}},
                 "optimizer":{"adam":{"learningRate":0.005}},
                 "training":{"epochs":12,"batchSize":128,"replicas":2,"seed":1},
                 "gate":{"metric":"accuracy","minimumImprovement":0.0}}""").put("dataset", dataset);
    }

    @Override
    public ObjectNode policy() {
        return Json.object("""
                {"errorAlarm":{"enabled":true,"steps":[2500,8000]},
                 "dataDrift":{"enabled":true,"windows":4,"rows":3000},
                 "cooldown":{"time":"PT15S","rows":2000,"maxTime":"PT2M"}}""");
    }

    @Override
    public Iterator<DemoRecord> history() {
        var trips = new Trips(new SplittableRandom(SEED), "past-");
        return Stream.generate(trips::next).limit(history).iterator();
    }

    @Override
    public Iterator<DemoRecord> live() {
        return live;
    }

    @Override
    public int historyRows() {
        return history;
    }

    @Override
    public double rate() {
        return rate;
    }

    @Override
    public boolean driftIsKnown() {
        return true;
    }

    @Override
    public void drift() {
        live.drift();
    }

}
