package dev.tideline.starter.parent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ParentWatchTest {

    private final CountDownLatch gone = new CountDownLatch(1);

    @Test
    void endOfTheParentRunsTheAction() throws Exception {
        Process parent = new ProcessBuilder("sleep", "60").start();
        try (ParentWatch watch = new ParentWatch(parent.pid(), gone::countDown)) {
            assertThat(gone.getCount()).isOne();

            parent.destroyForcibly();

            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void parentThatIsGoneAlreadyRunsTheActionToo() throws Exception {
        Process parent = new ProcessBuilder("true").start();
        parent.waitFor();

        try (ParentWatch watch = new ParentWatch(parent.pid(), gone::countDown)) {
            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closedWatchStaysSilent() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        Process parent = new ProcessBuilder("sleep", "60").start();
        new ParentWatch(parent.pid(), () -> ran.set(true)).close();

        parent.destroyForcibly().waitFor();

        await().during(java.time.Duration.ofMillis(200)).until(() -> !ran.get());
    }
}
