package dev.tideline.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class TripsTest {

    private static final int ROWS = 20_000;

    private final Trips trips = new Trips(new SplittableRandom(7), "trip-");

    @Test
    void areTheSameOnEveryRun() {
        var again = new Trips(new SplittableRandom(7), "trip-");

        for (int i = 0; i < 100; i++) {
            assertThat(trips.next()).isEqualTo(again.next());
        }
    }

    @Test
    void areLateAboutAsOftenAsNot() {
        assertThat(lateShare(trips)).isBetween(0.4, 0.6);
        trips.drift();
        assertThat(lateShare(trips)).isBetween(0.4, 0.6);
    }

    @Test
    void followTheFirstRuleBeforeTheDrift() {
        assertThat(agreement(trips, false)).isBetween(0.94, 0.96);
    }

    @Test
    void followTheSecondRuleAfterTheDrift() {
        trips.drift();

        assertThat(agreement(trips, true)).isBetween(0.94, 0.96);
    }

    @Test
    void leaveTheFirstRuleLittleBetterThanGuessingAfterTheDrift() {
        trips.drift();

        assertThat(agreement(trips, false)).isBetween(0.55, 0.65);
    }

    @Test
    void hideTheLabelFromWhoeverPredicts() {
        var trip = trips.next();

        assertThat(trip.inputs().has(Trips.LABEL)).isFalse();
        assertThat(trip.whole().get(Trips.LABEL)).isEqualTo(trip.label());
    }

    private static double lateShare(Trips trips) {
        double late = 0;
        for (int i = 0; i < ROWS; i++) {
            late += trips.next().label().intValue();
        }
        return late / ROWS;
    }

    private static double agreement(Trips trips, boolean after) {
        double right = 0;
        for (int i = 0; i < ROWS; i++) {
            var trip = trips.next();
            right += rule(trip.inputs(), after) > 0 == (trip.label().intValue() == 1) ? 1 : 0;
        }
        return right / ROWS;
    }

    private static double rule(ObjectNode trip, boolean after) {
        var distance = trip.get("distance").doubleValue();
        var temperature = trip.get("temperature").doubleValue();
        var rain = trip.get("rain").doubleValue();
        var hour = trip.get("hour").intValue();
        var station = Trips.STATIONS.indexOf(trip.get("station").stringValue());
        var rider = Trips.RIDERS.indexOf(trip.get("rider").stringValue());
        return after
                ? Trips.after(distance, temperature, rain, hour, station, rider)
                : Trips.before(distance, temperature, rain, hour, station, rider);
    }
}
