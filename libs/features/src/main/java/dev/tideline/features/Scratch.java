package dev.tideline.features;

/** Room that the columns of one builder use one after the other. */
final class Scratch {

    private final RoughOrder rough = new RoughOrder();
    private double[] doubles = {};
    private int[] ints = {};

    RoughOrder rough() {
        return rough;
    }

    /** At least so many, with anything in them. */
    double[] doubles(int size) {
        if (doubles.length < size) {
            doubles = new double[size];
        }
        return doubles;
    }

    /** At least so many, with anything in them. */
    int[] ints(int size) {
        if (ints.length < size) {
            ints = new int[size];
        }
        return ints;
    }
}
