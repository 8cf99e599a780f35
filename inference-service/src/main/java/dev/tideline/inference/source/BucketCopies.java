package dev.tideline.inference.source;

import dev.tideline.inference.configuration.BasePath;
import dev.tideline.inference.configuration.CurrentConfiguration;
import dev.tideline.inference.configuration.ServedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Copies versions from buckets to folders of this machine, where {@link DirectorySource} finds them as any others. On a thread of its own: a large version
 * on its way holds up no other source. A bucket that is away changes nothing.
 */
final class BucketCopies implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BucketCopies.class);
    /** Each look lists the whole base path: it costs a request. */
    private static final Duration LEAST_POLL = Duration.ofMillis(200);

    private final CurrentConfiguration configuration;
    private final BucketFolders buckets;
    private final Duration poll;
    private final SourceThread thread = new SourceThread();
    /** By address; empty: nothing is wrong. */
    private final Map<BasePath, String> problems = new ConcurrentHashMap<>();

    /** @param poll how often buckets are looked at */
    BucketCopies(CurrentConfiguration configuration, BucketFolders buckets, Duration poll) {
        this.configuration = configuration;
        this.buckets = buckets;
        this.poll = poll.compareTo(LEAST_POLL) < 0 ? LEAST_POLL : poll;
    }

    /** Where versions of a base path lie on this machine. */
    Path folder(BasePath basePath) {
        return switch (basePath) {
            case BasePath.Folder(Path path) -> path;
            case BasePath.Bucket bucket -> buckets.folder(bucket.address());
        };
    }

    /** Whether its base path was looked at; a folder of this machine always was. */
    boolean looked(ServedModel model) {
        return model.basePath() instanceof BasePath.Folder || problems.containsKey(model.basePath());
    }

    /** What kept its bucket from being read lately; empty: nothing. */
    String problem(ServedModel model) {
        return problems.getOrDefault(model.basePath(), "");
    }

    @Override
    public void start() {
        thread.start("model-buckets", this::run);
    }

    private void run() {
        while (thread.running()) {
            configuration.get().models().values().forEach(this::look);
            try {
                TimeUnit.NANOSECONDS.sleep(poll.toNanos());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look(ServedModel model) {
        if (!(model.basePath() instanceof BasePath.Bucket bucket) || !thread.running()) {
            return;
        }
        String problem = "";
        try {
            buckets.look(bucket.address(), model.versions());
        } catch (IOException | RuntimeException e) {
            // An address that makes no sense to the server, too: it must not end the thread that others' copies come by.
            problem = "model " + model.name() + ": base_path " + bucket + ": " + e.getMessage();
        }
        String before = problems.put(bucket, problem);
        if (!problem.isEmpty() && !problem.equals(before)) {
            log.warn("{}; what is here of it stays", problem);
        }
    }

    @Override
    public void stop() {
        thread.stop(Thread::interrupt);
        buckets.close();
    }

    @Override
    public boolean isRunning() {
        return thread.running();
    }
}
