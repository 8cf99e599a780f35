package dev.tideline.inference.standalone;

/**
 * One flag of the command line.
 *
 * @param standard its default, as text; empty: none
 * @param help     one line
 */
record Flag(String name, Kind kind, String standard, String help, Effect effect) {

    enum Kind { TEXT, NUMBER, SWITCH, FILE }

    /** What giving the flag leads to. */
    sealed interface Effect {

        /** Sets a configuration key to the value, with something behind it, such as a unit. */
        record Sets(String key, String unit) implements Effect {}

        /** Is read by {@link StandAloneSettings}, which knows what to make of it. */
        record Read() implements Effect {}

        /** Is accepted with a warning, since the platform does without. */
        record Idle(String reason) implements Effect {}

        /** Is refused, unless it says what is so anyway. */
        record Missing(String instead) implements Effect {}
    }

    static Flag sets(String name, Kind kind, String standard, String key, String unit, String help) {
        return new Flag(name, kind, standard, help, new Effect.Sets(key, unit));
    }

    static Flag read(String name, Kind kind, String standard, String help) {
        return new Flag(name, kind, standard, help, new Effect.Read());
    }

    static Flag idle(String name, Kind kind, String standard, String reason) {
        return new Flag(name, kind, standard, "accepted: " + reason, new Effect.Idle(reason));
    }

    static Flag missing(String name, Kind kind, String standard, String instead) {
        return new Flag(name, kind, standard, "not offered: " + instead, new Effect.Missing(instead));
    }
}
