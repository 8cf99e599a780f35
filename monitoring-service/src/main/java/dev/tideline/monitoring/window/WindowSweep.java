package dev.tideline.monitoring.window;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Forgets windows of long ago. */
@Component
final class WindowSweep {

    private static final Logger log = LoggerFactory.getLogger(WindowSweep.class);

    private final JdbcWindows windows;
    private final WindowHistoryProperties properties;
    private final InstantSource clock;

    WindowSweep(JdbcWindows windows, WindowHistoryProperties properties, InstantSource clock) {
        this.windows = windows;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    void sweep() {
        try {
            int forgotten = windows.forget(clock.instant().minus(properties.keep()));
            if (forgotten > 0) {
                log.info("windows: {} forgotten that were judged more than {} ago", forgotten, properties.keep());
            }
        } catch (DataAccessException | TransactionException away) {
            log.warn("windows: not swept, {}", away.getMessage());
        }
    }
}
