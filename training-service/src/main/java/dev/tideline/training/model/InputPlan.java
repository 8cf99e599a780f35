package dev.tideline.training.model;

/**
 * How records are read for training; names as in {@code tf.data}.
 *
 * @param cycleLength   files that are read in turn while records are shuffled, so that a small buffer still mixes old and new
 * @param parallelReads files that are read at the same time; 1 reads them one after the other, which is cheapest for small records
 * @param cache         where the records of a process stay after its first pass
 * @param deterministic false lets the records of whichever file is ready go first: an interrupted job then goes on at the same step,
 *                      but may see some records of its pass twice and others not at all
 * @param prefetch      batches that are kept ready
 */
public record InputPlan(int cycleLength, int parallelReads, Cache cache, boolean deterministic, int prefetch) {

    /** What a definition that says nothing gets. */
    public static final InputPlan DEFAULT = new InputPlan(16, 1, Cache.NONE, true, 4);

    /** Where records are kept between passes, as they are in the file; shuffling goes on behind it. */
    public enum Cache { NONE, MEMORY, FILE }
}
