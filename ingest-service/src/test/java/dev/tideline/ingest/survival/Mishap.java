package dev.tideline.ingest.survival;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** What happens to the service and to what it needs. */
enum Mishap {
    /** SIGKILL of a random instance at a random moment of its work. */
    KILL,
    /** The same while it starts. */
    KILL_AT_START,
    /** SIGTERM: partitions are handed over in order. */
    STOP,
    /** SIGSTOP for longer than its session lives: it comes back as a zombie. */
    FREEZE,
    BROKER_KILLED,
    DATABASE_KILLED,
    DATABASE_FROZEN,
    DISK_FULL;

    /** A plan with the given number of kills and everything else once or twice, in an order of chance. */
    static List<Mishap> plan(int kills, RandomGenerator random) {
        List<Mishap> plan = new ArrayList<>(List.of(STOP, STOP, FREEZE, FREEZE, BROKER_KILLED, BROKER_KILLED, DATABASE_KILLED, DATABASE_KILLED,
                DATABASE_FROZEN, DISK_FULL));
        for (int kill = 0; kill < kills; kill++) {
            plan.add(kill % 4 == 3 ? KILL_AT_START : KILL);
        }
        Collections.shuffle(plan, Random.from(random));
        return plan;
    }
}
