package dev.tideline.inference.servable;

/** One version of one model. */
public record ServableId(String model, long version) {

    @Override
    public String toString() {
        return model + "/" + version;
    }
}
