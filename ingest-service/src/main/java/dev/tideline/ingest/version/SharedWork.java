package dev.tideline.ingest.version;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What is worked out about a file is worked out once for all who ask at the same time: later ones wait for the first, up to a bound. */
@Component
final class SharedWork {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ConcurrentMap<String, CompletableFuture<String>> underWay = new ConcurrentHashMap<>();
    private final Duration patience;

    SharedWork() {
        this(PATIENCE);
    }

    SharedWork(Duration patience) {
        this.patience = patience;
    }

    /** Who waits for one that fails, or that takes too long, does the work itself and gets an error of its own. */
    String of(String path, Supplier<String> work) {
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> first = underWay.putIfAbsent(path, mine);
        if (first != null) {
            try {
                return first.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (CancellationException | ExecutionException | TimeoutException alone) {
                return work.get();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("file " + path + ": interrupted while another request worked on it", stop);
            }
        }
        try {
            String result = work.get();
            mine.complete(result);
            return result;
        } finally {
            // Nothing when it is complete: those who wait for one that failed go on by themselves.
            mine.cancel(false);
            underWay.remove(path, mine);
        }
    }
}
