package dev.tideline.training.model;

/**
 * How records are read for training; names as in {@code tf.data}.
 *
 * @param cycleLength   files that are read in turn while records are shuffled, so that a small buffer still mixes old and new
 * @param parallelReads files that are read at the same time; 1 reads them one after the other, which is cheapest for small records
 * @param cache         where the parsed records of a process stay after its first pass
 * @param deterministic false lets the records of whichever file is ready go first: an interrupted job then goes on at the same step,
 *                      but may see some records of its pass twice and others not at all
 * @param prefetch      batches that are kept ready
 */
public record InputPlan(int cycleLength, int parallelReads, Cache cache, boolean deterministic, int prefetch) {

    /** What a definition that says nothing gets. */
    public static final InputPlan DEFAULT = new InputPlan(16, 1, Cache.AUTO, true, 4);

    /** Shards that {@link Cache#AUTO} keeps in memory: together at most so many bytes. */
    public static final long AUTO_BYTES = 128L << 20;

    /** Where parsed records are kept between passes. Those in memory are shuffled as a whole, whatever the shuffle buffer holds. */
    public enum Cache { AUTO, NONE, MEMORY, FILE }

    /** Settles {@link Cache#AUTO}: memory, when there is a second pass and the data is small. */
    public InputPlan settle(int passes, long bytes) {
        return cache != Cache.AUTO ? this
            : new InputPlan(cycleLength, parallelReads, passes > 1 && bytes <= AUTO_BYTES ? Cache.MEMORY : Cache.NONE, deterministic, prefetch);
    }
}
