package dev.tideline.inference.configuration;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration that holds. It is replaced whole or not at all; whoever follows it hears of every replacement, in order. */
public final class CurrentConfiguration {

    private static final Logger log = LoggerFactory.getLogger(CurrentConfiguration.class);

    /** Called by the thread that replaces: returns at once. */
    public interface Follower {
        void replaced(ServingConfiguration configuration);

        /** Why nothing of a model can be found; empty while nothing is known against it. */
        default String problem(String model) {
            return "";
        }
    }

    private final AtomicReference<ServingConfiguration> current;
    private final AtomicReference<Follower> follower = new AtomicReference<>(configuration -> { });
    private final ReentrantLock lock = new ReentrantLock();

    public CurrentConfiguration(ServingConfiguration first) {
        this.current = new AtomicReference<>(first);
    }

    public ServingConfiguration get() {
        return current.get();
    }

    /** What {@link #replace} would change. */
    public List<ConfigurationChange> plan(ServingConfiguration next) {
        return ConfigurationChange.between(current.get(), next);
    }

    /** @return what changed */
    public List<ConfigurationChange> replace(ServingConfiguration next) {
        lock.lock();
        try {
            List<ConfigurationChange> changes = plan(next);
            current.set(next);
            changes.forEach(change -> log.info("Configuration: {}", change));
            follower.get().replaced(next);
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** What the follower has met with a model; empty: nothing. */
    String problem(String model) {
        return follower.get().problem(model);
    }

    /** One follows; it is told of what holds already. */
    public void follow(Follower next) {
        lock.lock();
        try {
            follower.set(next);
            next.replaced(current.get());
        } finally {
            lock.unlock();
        }
    }
}
