package dev.tideline.inference.servable;

/** Leases without a manager, for tests. */
public final class Leases {

    private Leases() {}

    public static Lease of(Servable servable) {
        VersionHandle handle = new VersionHandle(servable, servable::close);
        handle.tryAcquire();
        return new Lease(handle);
    }

    /** Leases that are open. */
    public static int users(Lease lease) {
        return lease.users();
    }
}
