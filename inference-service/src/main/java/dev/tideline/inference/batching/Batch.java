package dev.tideline.inference.batching;

import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests that share a run, while they are gathered. */
final class Batch {

    /** A batch is not filled up to more than this many times the elements of its shortest row: short rows should not pay for long ones. */
    private static final int MAX_STRETCH = 4;

    private final int limit;
    private final boolean padLengths;
    private final List<BatchTask> tasks = new ArrayList<>();
    private final Map<String, Shape> rowShapes = new HashMap<>();
    private int rows;
    private boolean mixed;

    /** @param limit rows; a single request may have more */
    Batch(int limit, boolean padLengths) {
        this.limit = limit;
        this.padLengths = padLengths;
    }

    List<BatchTask> tasks() {
        return tasks;
    }

    int rows() {
        return rows;
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    boolean full() {
        return rows >= limit || !tasks.isEmpty() && tasks.getFirst().alone();
    }

    /** Whether rows have to be filled up to {@link #rowShapes}. */
    boolean mixed() {
        return mixed;
    }

    /** By input, with one row: what all rows are filled up to. */
    Map<String, Shape> rowShapes() {
        return rowShapes;
    }

    /** False when the request does not fit beside the others. */
    boolean add(BatchTask task) {
        if (!tasks.isEmpty() && (task.alone() || full() || rows + task.rows() > limit || !reshape(task))) {
            return false;
        }
        if (tasks.isEmpty() && !task.alone()) {
            task.inputs().forEach((alias, tensor) -> rowShapes.put(alias, tensor.shape().withRows(1)));
        }
        tasks.add(task);
        rows += task.rows();
        return true;
    }

    private boolean reshape(BatchTask task) {
        Map<String, Shape> stretched = null;
        for (Map.Entry<String, Tensor> input : task.inputs().entrySet()) {
            Tensor first = tasks.getFirst().inputs().get(input.getKey());
            Shape ours = rowShapes.get(input.getKey());
            Tensor theirs = input.getValue();
            if (first == null || ours == null || first.type() != theirs.type()) {
                return false;
            }
            if (!ours.sameRow(theirs.shape())) {
                Shape both = padLengths ? stretch(ours, theirs.shape()) : null;
                if (both == null) {
                    return false;
                }
                stretched = stretched == null ? new HashMap<>() : stretched;
                stretched.put(input.getKey(), both);
            }
        }
        if (stretched != null) {
            mixed = true;
            rowShapes.putAll(stretched);
        }
        return true;
    }

    /** The shape that holds both rows; null when there is none, or when it would waste too much. */
    private static @Nullable Shape stretch(Shape ours, Shape theirs) {
        if (ours.rank() != theirs.rank() || ours.rank() < 2) {
            return null;
        }
        long[] sizes = ours.toArray();
        for (int i = 1; i < sizes.length; i++) {
            sizes[i] = Math.max(sizes[i], theirs.size(i));
        }
        try {
            Shape both = Shape.of(sizes);
            long shortest = Math.max(1, Math.min(ours.rowElements(), theirs.rowElements()));
            return both.rowElements() > MAX_STRETCH * shortest ? null : both;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
