package dev.tideline.inference.servable;

import dev.tideline.inference.tensor.Signature;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A version without an engine, for tests that say what its runs do. */
public abstract class StubServable implements Servable {

    private final ServableId id;
    private final SortedMap<String, Signature> signatures = new TreeMap<>();

    protected StubServable(ServableId id, Signature... signatures) {
        this.id = id;
        for (Signature signature : signatures) {
            this.signatures.put(signature.name(), signature);
        }
    }

    @Override
    public ServableId id() {
        return id;
    }

    @Override
    public SortedMap<String, Signature> signatures() {
        return signatures;
    }

    @Override
    public @Nullable String schemaFingerprint() {
        return null;
    }

    @Override
    public void close() {}
}
