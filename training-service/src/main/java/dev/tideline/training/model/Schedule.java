package dev.tideline.training.model;

/** Learning rate as a function of the step. */
public sealed interface Schedule {

    /** Rate of step {@code step} (from 0) of {@code steps}. */
    double rate(long step, long steps);

    record Constant(double rate) implements Schedule {
        @Override
        public double rate(long step, long steps) {
            return rate;
        }
    }

    /** Multiplied by {@code factor} after each {@code every} steps. */
    record Step(double rate, long every, double factor) implements Schedule {
        @Override
        public double rate(long step, long steps) {
            return rate * Math.pow(factor, Math.floorDiv(step, every));
        }
    }

    /** Falls from {@code rate} to {@code end} along half a cosine over the whole training. */
    record Cosine(double rate, double end) implements Schedule {
        @Override
        public double rate(long step, long steps) {
            double done = steps <= 0 ? 1 : Math.min(1.0, (double) step / steps);
            return end + (rate - end) * (1 + Math.cos(Math.PI * done)) / 2;
        }
    }

    /** Rises in a line over the first {@code steps} steps, then follows {@code then}. */
    record WarmUp(long steps, Schedule then) implements Schedule {
        @Override
        public double rate(long step, long total) {
            return step < steps
                ? then.rate(0, total - steps) * (step + 1) / steps
                : then.rate(step - steps, total - steps);
        }
    }
}
