package dev.tideline.inference.servable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class YieldingThreadsTest {

    private static final Path STAT = Path.of("/proc/thread-self/stat");

    private static int nice() throws Exception {
        return YieldingThreads.nice(Files.readString(STAT));
    }

    private static int niceOfThreads(int steps) throws Exception {
        try (ExecutorService threads = Executors.newSingleThreadExecutor(new YieldingThreads("yields-", steps))) {
            return threads.submit(YieldingThreadsTest::nice).get();
        }
    }

    private static void assumeLinux() {
        assumeTrue(Files.exists(STAT));
        assumeTrue(() -> {
            try {
                return new ProcessBuilder("renice", "--version").start().waitFor() >= 0;
            } catch (Exception e) {
                return false;
            }
        }, "renice is there");
    }

    @Test
    void threadGivesWayAndTheOneThatStartedItDoesNot() throws Exception {
        assumeLinux();
        int own = nice();

        assertThat(niceOfThreads(4)).isEqualTo(Math.min(19, own + 4));
        assertThat(niceOfThreads(100)).isEqualTo(19);
        assertThat(nice()).isEqualTo(own);
    }

    @Test
    void withoutStepsAThreadIsAsAnyOther() throws Exception {
        assumeLinux();

        assertThat(niceOfThreads(0)).isEqualTo(nice());
    }

    @Test
    void worksWhereNothingIsKnownOfPriorities() {
        assertThatCode(() -> {
            try (ExecutorService threads = Executors.newSingleThreadExecutor(new YieldingThreads("yields-", 1))) {
                assertThat(threads.submit(() -> Thread.currentThread().getName()).get()).isEqualTo("yields-0");
            }
        }).doesNotThrowAnyException();
    }

    @Test
    void readsTheValueBehindAnyName() {
        assertThat(YieldingThreads.nice("71 (a) b (c)) S 1 2 3 0 -1 4194560 9 0 0 0 1 0 0 0 30 10 44 0 0")).isEqualTo(10);
        assertThat(YieldingThreads.nice("71 (java) R 1 2 3 0 -1 4194560 9 0 0 0 1 0 0 0 15 -5 44 0 0")).isEqualTo(-5);
    }
}
