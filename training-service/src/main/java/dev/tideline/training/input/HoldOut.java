package dev.tideline.training.input;

import java.util.ArrayList;
import java.util.List;

/**
 * Training records and those that are held out to judge training by: the last ones of each slice.
 *
 * @param training in the order of the slices
 */
public record HoldOut(List<FileSlice> training, List<FileSlice> heldOut) {

    public HoldOut {
        training = List.copyOf(training);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * Equal slices and shares give equal cuts. Over all slices together the share is kept, so that many small ones lose nothing.
     *
     * @param share in (0, 1)
     * @throws UntrainableDataException when either side would be empty
     */
    public static HoldOut of(List<FileSlice> slices, double share) {
        var training = new ArrayList<FileSlice>();
        var heldOut = new ArrayList<FileSlice>();
        double owed = 0;
        for (var slice : slices) {
            owed += slice.take() * share;
            long out = Math.min(slice.take(), (long) Math.floor(owed + 1e-9));
            owed -= out;
            if (slice.take() > out) {
                training.add(new FileSlice(slice.file(), slice.skip(), slice.take() - out));
            }
            if (out > 0) {
                heldOut.add(new FileSlice(slice.file(), slice.skip() + slice.take() - out, out));
            }
        }
        if (training.isEmpty() || heldOut.isEmpty()) {
            throw new UntrainableDataException("training/earlyStopping/holdOut: " + share + " of " + FileSlice.records(slices)
                + " records (expected: at least 1 record held out and 1 to train on)");
        }
        return new HoldOut(training, heldOut);
    }
}
