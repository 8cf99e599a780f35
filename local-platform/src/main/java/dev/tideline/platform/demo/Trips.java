package dev.tideline.platform.demo;

import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rides of a bike-sharing operator: will a bike be back later than half an hour? Made up, and the same on every run. Longer
 * rides, occasional riders, leisure stations and fine afternoons are late. Then the operator buys electric bikes and the season
 * turns: rides get longer and the weather colder (the inputs drift), distance means less time, and members in the rush hour and other
 * stations are the late ones (the concept drifts). One label in twenty is wrong, before and after.
 */
final class Trips implements Iterator<DemoRecord> {

    static final String LABEL = "late";
    static final List<String> STATIONS = List.of(
            "harbour", "old town", "university", "central station", "stadium", "museum", "lake", "hospital", "market", "campus");
    static final List<String> RIDERS = List.of("member", "day pass", "tourist");

    private static final double WRONG_LABELS = 0.05;
    private static final double[] STATION_BEFORE = {1.2, 0.3, -0.6, -1.2, 0.2, 1.0, 1.5, -0.9, 0.1, -0.8};
    private static final double[] STATION_AFTER = {-0.9, 0.8, 0.9, 1.3, -0.6, -1.1, 1.3, -0.8, 0.9, -1.0};
    private static final double[] RIDER_BEFORE = {-0.9, 0.7, 1.3};
    private static final double[] RIDER_AFTER = {0.5, -0.5, -0.6};

    private final RandomGenerator random;
    private final String prefix;
    private boolean drifted;
    private long count;

    /** @param prefix of the rides' ids */
    Trips(RandomGenerator random, String prefix) {
        this.random = random;
        this.prefix = prefix;
    }

    void drift() {
        drifted = true;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public DemoRecord next() {
        var distance = Math.max(0.3, random.nextGaussian(drifted ? 4.0 : 3.0, 1.2));
        var temperature = random.nextGaussian(drifted ? 9 : 18, 5);
        var rain = random.nextDouble() < (drifted ? 0.4 : 0.2) ? random.nextDouble() * 8 : 0;
        var hour = random.nextInt(6, 24);
        var station = random.nextInt(STATIONS.size());
        var rider = drifted ? pick(0.7, 0.18) : pick(0.5, 0.3);
        var score = drifted
                ? after(distance, temperature, rain, hour, station, rider)
                : before(distance, temperature, rain, hour, station, rider);
        var late = score > 0 != random.nextDouble() < WRONG_LABELS;

        var inputs = JsonNodeFactory.instance.objectNode();
        inputs.put("distance", rounded(distance));
        inputs.put("temperature", rounded(temperature));
        inputs.put("rain", rounded(rain));
        inputs.put("hour", hour);
        inputs.put("station", STATIONS.get(station));
        inputs.put("rider", RIDERS.get(rider));
        var whole = inputs.deepCopy();
        whole.put(LABEL, late ? 1 : 0);
        return new DemoRecord(prefix + count++, whole, inputs, JsonNodeFactory.instance.numberNode(late ? 1 : 0));
    }

    /** Above 0: late. */
    static double before(double distance, double temperature, double rain, int hour, int station, int rider) {
        return 1.6 * (distance - 3.0) + 0.06 * (temperature - 18) - 0.15 * rain + (hour >= 12 && hour < 18 ? 0.5 : -0.3)
                + STATION_BEFORE[station] + RIDER_BEFORE[rider];
    }

    static double after(double distance, double temperature, double rain, int hour, int station, int rider) {
        return 1.0 * (distance - 4.0) - 0.05 * (temperature - 9) + 0.2 * (rain - 1.6)
                + (hour >= 7 && hour < 10 || hour >= 16 && hour < 19 ? 1.2 : -0.9) + STATION_AFTER[station] + RIDER_AFTER[rider];
    }

    private int pick(double first, double second) {
        var draw = random.nextDouble();
        return draw < first ? 0 : draw < first + second ? 1 : 2;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
