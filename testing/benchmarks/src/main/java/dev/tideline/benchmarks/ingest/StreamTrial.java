package dev.tideline.benchmarks.ingest;

import dev.tideline.benchmarks.ingest.GcLog.Pause;
import java.util.List;
import java.util.stream.IntStream;

/** One request of many gigabytes, while the shards of its records are written: does memory stay flat? */
final class StreamTrial {

    private static final int LINES = 20_000;
    private static final int PARTS = 5;

    /**
     * @param heapPeak     MB, most heap in use before a collection
     * @param heapAfter    MB, most heap in use after a collection, in each fifth of the run
     * @param resident     MB, most memory that the process had
     */
    record Result(long bytes, long records, double acknowledged, double committed, int heapPeak, List<Integer> heapAfter, double pauseMillis,
            double longestPause, long resident) {}

    private final Options options;
    private final Lab lab;

    StreamTrial(Options options, Lab lab) {
        this.options = options;
        this.lab = lab;
    }

    Result run() throws Exception {
        byte[] block = DoorTrial.block(Form.JSON.records(LINES));
        long times = Math.max(1, options.streamBytes() / block.length);
        Topic topic = lab.topic();
        lab.declare(topic);
        int before = lab.service().gc().pauses().size();
        long start = System.nanoTime();
        long records = lab.door().send(topic.dataset(), block, times);
        double acknowledged = (System.nanoTime() - start) / 1e9;
        lab.requestFlush(topic, topic.ends());
        lab.awaitCommitted(topic, records);
        double committed = (System.nanoTime() - start) / 1e9;
        List<Pause> all = lab.service().gc().pauses();
        List<Pause> pauses = all.subList(before, all.size());
        lab.discard(topic);
        return new Result(block.length * times, records, acknowledged, committed,
                pauses.stream().mapToInt(Pause::before).max().orElse(0),
                IntStream.range(0, PARTS).mapToObj(part -> most(pauses, part)).toList(),
                pauses.stream().mapToDouble(Pause::millis).sum(), pauses.stream().mapToDouble(Pause::millis).max().orElse(0),
                lab.service().peakResident() >> 20);
    }

    private static int most(List<Pause> pauses, int part) {
        return pauses.subList(pauses.size() * part / PARTS, pauses.size() * (part + 1) / PARTS).stream().mapToInt(Pause::after).max().orElse(0);
    }
}
