package dev.tideline.inference.servable;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to use a version. It stays loaded until the lease is closed; closing twice is harmless. */
public final class Lease implements AutoCloseable {

    private final VersionHandle handle;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Lease(VersionHandle handle) {
        this.handle = handle;
    }

    public Servable servable() {
        return handle.servable();
    }

    /** A second lease for whoever works on after this one is closed. */
    public Lease share() {
        if (!handle.tryAcquire()) {
            throw new IllegalStateException("lease: closed (expected: open)");
        }
        return new Lease(handle);
    }

    /** How many leases of the version are open. */
    int users() {
        return handle.users();
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            handle.release();
        }
    }
}
