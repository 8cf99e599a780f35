package dev.tideline.monitoring.window;

import dev.tideline.features.Baseline;
import dev.tideline.monitoring.drift.Background;
import dev.tideline.monitoring.profile.ProfileSet;
import dev.tideline.monitoring.profile.ProfileSetCodec;
import dev.tideline.monitoring.signal.Signal.WindowClosed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Windows that came before: short ones that count with a window, and the first ones that it is compared with. */
@Component
final class EarlierWindows {

    private static final Logger log = LoggerFactory.getLogger(EarlierWindows.class);
    /** A window does not reach further back than this many short ones. */
    private static final int MAX_SHORT = 48;
    private static final int MAX_KEPT = 100;

    private final JdbcWindows windows;
    private final ReentrantLock lock = new ReentrantLock();
    /** Once complete, the first windows of a version never change. */
    private final Map<String, List<ProfileSet>> first = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<ProfileSet>> eldest) {
            return size() > MAX_KEPT;
        }
    };

    EarlierWindows(JdbcWindows windows) {
        this.windows = windows;
    }

    /** {@code set} with the rows of the short windows right before it, as many as bring it to {@code minRows}. */
    ProfileSet fill(WindowClosed window, ProfileSet set, int minRows, SortedMap<String, Baseline> baselines) {
        if (set.rows() >= minRows || window.sequence() == 1) {
            return set;
        }
        for (ProfileSet before : read(windows.unjudgedBefore(window, MAX_SHORT), baselines)) {
            if (set.rows() < minRows) {
                set.merge(before);
            }
        }
        return set;
    }

    /** The first judged windows of a version, once there are enough; of a slice as many as there are, up to as many. */
    List<ProfileSet> first(WindowClosed window, SortedMap<String, Baseline> baselines) {
        if (window.slice().isEmpty() && window.sequence() <= Background.REFERENCE_WINDOWS) {
            return List.of();
        }
        String key = window.model() + "@" + window.version() + "|" + window.slice();
        lock.lock();
        try {
            List<ProfileSet> known = first.get(key);
            if (known == null) {
                known = read(windows.first(window, Background.REFERENCE_WINDOWS), baselines);
                if (known.size() == Background.REFERENCE_WINDOWS) {
                    first.put(key, known);
                }
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private static List<ProfileSet> read(List<byte[]> profiles, SortedMap<String, Baseline> baselines) {
        List<ProfileSet> sets = new ArrayList<>();
        for (byte[] bytes : profiles) {
            try {
                sets.add(ProfileSetCodec.read(bytes, baselines));
            } catch (IllegalArgumentException otherForm) {
                log.info("an earlier window is left out: {}", otherForm.getMessage());
            }
        }
        return sets;
    }
}
