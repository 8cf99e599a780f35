package dev.tideline.training.input;

import java.util.ArrayList;
import java.util.List;

/**
 * Training data cut into lanes that are read side by side: lane <i>v</i> gives rows <i>v</i> of every global batch. How many lanes
 * there are belongs to the job, which worker reads which of them to the attempt. So a job that goes on with fewer workers sees the
 * same batches, and no worker reads what another one needs.
 */
public final class Lanes {

    private final long records;
    private final int count;
    private final int rows;

    /**
     * @param records   of all lanes
     * @param batchSize of a global batch; a multiple of {@code count}
     */
    public Lanes(long records, int count, int batchSize) {
        if (count < 1 || batchSize % count != 0) {
            throw new IllegalArgumentException("batchSize: " + batchSize + " (expected: a multiple of the number of workers, " + count + ")");
        }
        if (records < count) {
            throw new IllegalArgumentException("training records: " + records + " (expected: at least one per worker, " + count + ")");
        }
        this.records = records;
        this.count = count;
        this.rows = batchSize / count;
    }

    public int count() {
        return count;
    }

    /** Rows that a lane gives to a full batch. */
    public int rows() {
        return rows;
    }

    /** Batches in one pass. */
    public long batches() {
        return Math.ceilDiv(records, (long) rows * count);
    }

    /** Records of a lane. All lanes have the same number of full batches; what is left is spread evenly over the last one. */
    public long records(int lane) {
        long rest = records % ((long) rows * count);
        return fullBatches() * rows + rest / count + (lane < rest % count ? 1 : 0);
    }

    /** Rows that a lane gives to batch {@code batch} of a pass; 0 to {@link #rows()}. */
    public int rows(int lane, long batch) {
        return (int) Math.clamp(records(lane) - batch * rows, 0, rows);
    }

    /** Rows of all lanes together in batch {@code batch}. */
    public int examples(long batch) {
        return (int) Math.clamp(records - batch * rows * count, 0, (long) rows * count);
    }

    /** The files of a lane: a stretch of the whole. */
    public List<FileSlice> slices(List<FileSlice> all, int lane) {
        long from = 0;
        for (int before = 0; before < lane; before++) {
            from += records(before);
        }
        long to = from + records(lane);
        var found = new ArrayList<FileSlice>();
        long position = 0;
        for (var slice : all) {
            long first = Math.max(from, position);
            long last = Math.min(to, position + slice.take());
            if (first < last) {
                found.add(new FileSlice(slice.file(), slice.skip() + first - position, last - first));
            }
            position += slice.take();
        }
        return found;
    }

    /** The lanes of worker {@code rank} when {@code workers} are there. */
    public List<Integer> of(int rank, int workers) {
        var own = new ArrayList<Integer>();
        for (int lane = rank; lane < count; lane += workers) {
            own.add(lane);
        }
        return own;
    }

    private long fullBatches() {
        return records / ((long) rows * count);
    }
}
