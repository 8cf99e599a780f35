package dev.tideline.inference.servable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServableManagerTest {

    private static final VersionChoice DEFAULT = new VersionChoice.Default();

    private final Map<ServableId, FakeServable> loaded = new ConcurrentHashMap<>();
    private final Map<ServableId, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final Map<ServableId, LoadFailedException> failures = new ConcurrentHashMap<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final ServableManager manager = new ServableManager(
            this::load, properties(Duration.ofSeconds(2)),
            List.of((id, state) -> changes.add(id + " " + state.label())));

    private static LoadingProperties properties(Duration drain) {
        return new LoadingProperties(2, 1, LoadingProperties.Transition.AVAILABILITY_PRESERVING, 0, 2, Duration.ofMillis(1), drain);
    }

    private Servable load(ServableId id, Path folder) throws LoadFailedException {
        attempts.incrementAndGet();
        LoadFailedException failure = failures.get(id);
        if (failure != null) {
            throw failure;
        }
        CountDownLatch gate = gates.get(id);
        if (gate != null) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw LoadFailedException.transientFailure(StatusCode.CANCELLED, "stopped", e);
            }
        }
        FakeServable servable = new FakeServable(id);
        loaded.put(id, servable);
        return servable;
    }

    @AfterEach
    void close() {
        gates.values().forEach(CountDownLatch::countDown);
        manager.close();
    }

    private static SortedMap<Long, Path> versions(long... numbers) {
        SortedMap<Long, Path> versions = new TreeMap<>();
        for (long number : numbers) {
            versions.put(number, Path.of("m", Long.toString(number)));
        }
        return versions;
    }

    private void aspire(long... numbers) {
        manager.aspire(new AspiredVersions("m", versions(numbers), Map.of(), null));
    }

    private void awaitState(long version, String label) {
        await().atMost(Duration.ofSeconds(60)).until(() -> manager.statuses("m").stream()
                .anyMatch(status -> status.version() == version && status.state().label().equals(label)));
    }

    private long answering(VersionChoice choice) {
        try (Lease lease = manager.acquire("m", choice)) {
            return lease.servable().id().version();
        }
    }

    @Test
    @DisplayName("S03: latest and specific")
    void servesHighestVersionByDefault() {
        aspire(1, 2);
        awaitState(1, "AVAILABLE");
        awaitState(2, "AVAILABLE");

        assertThat(answering(DEFAULT)).isEqualTo(2);
        assertThat(answering(new VersionChoice.Exact(1))).isEqualTo(1);
        assertThat(manager.models()).containsExactly("m");
    }

    @Test
    @DisplayName("S07: states go from the highest version down; ended versions stay listed")
    void listsVersionsFromTheHighestDown() {
        aspire(1, 3);
        awaitState(1, "AVAILABLE");
        awaitState(3, "AVAILABLE");
        aspire(3, 20);
        awaitState(20, "AVAILABLE");
        awaitState(1, "END");

        assertThat(manager.statuses("m")).extracting(status -> status.version() + " " + status.state().label())
                .containsExactly("20 AVAILABLE", "3 AVAILABLE", "1 END");
    }

    @Test
    @DisplayName("S03: unknown name and version")
    void refusesUnknownModelVersionAndLabel() {
        aspire(1);
        awaitState(1, "AVAILABLE");

        assertThatThrownBy(() -> manager.acquire("other", DEFAULT)).hasMessage("Servable not found for request: Latest(other)");
        assertThatThrownBy(() -> manager.acquire("m", new VersionChoice.Exact(9)))
                .hasMessage("Servable not found for request: Specific(m, 9)")
                .isInstanceOfSatisfying(StatusException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.NOT_FOUND));
        assertThatThrownBy(() -> manager.acquire("m", new VersionChoice.Labelled("x")))
                .hasMessage("Unrecognized servable version label: x")
                .isInstanceOfSatisfying(StatusException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENT));
    }

    @Test
    void answersFromOldVersionUntilNewOneIsAvailable() {
        gates.put(new ServableId("m", 2), new CountDownLatch(1));
        aspire(1);
        awaitState(1, "AVAILABLE");
        aspire(2);
        awaitState(2, "LOADING");

        assertThat(answering(DEFAULT)).isEqualTo(1);

        gates.get(new ServableId("m", 2)).countDown();
        awaitState(1, "END");
        assertThat(answering(DEFAULT)).isEqualTo(2);
        assertThat(changes).containsSubsequence("m/2 AVAILABLE", "m/1 UNLOADING", "m/1 END");
    }

    @Test
    @DisplayName("S03: an error unloads nobody else")
    void keepsOldVersionWhenNewOneIsBroken() {
        failures.put(new ServableId("m", 2), LoadFailedException.broken(StatusCode.DATA_LOSS, "torn file"));
        aspire(1);
        awaitState(1, "AVAILABLE");
        aspire(2);
        awaitState(2, "END");

        assertThat(answering(DEFAULT)).isEqualTo(1);
        assertThat(manager.statuses("m").getFirst().state()).isEqualTo(new VersionState.End(StatusCode.DATA_LOSS, "torn file"));
    }

    @Test
    @DisplayName("S03: a handle is released on another thread")
    void closesVersionOnlyAfterItsLastRequest() {
        aspire(1);
        awaitState(1, "AVAILABLE");
        Lease lease = manager.acquire("m", DEFAULT);
        Lease share = lease.share();
        aspire();
        awaitState(1, "UNLOADING");
        lease.close();
        lease.close();

        assertThat(loaded.get(new ServableId("m", 1)).closed()).isZero();

        share.close();
        awaitState(1, "END");
        assertThat(loaded.get(new ServableId("m", 1)).closed()).isEqualTo(1);
    }

    @Test
    void cancelsWhatStillRunsWhenTheDrainIsOver() {
        try (ServableManager hasty = new ServableManager(this::load, properties(Duration.ofMillis(10)), List.of())) {
            hasty.aspire(new AspiredVersions("m", versions(1), Map.of(), null));
            await().atMost(Duration.ofSeconds(60)).until(() -> hasty.statuses("m").stream()
                    .anyMatch(status -> status.state() instanceof VersionState.Available));
            try (Lease lease = hasty.acquire("m", DEFAULT)) {
                hasty.aspire(AspiredVersions.none("m"));
                FakeServable servable = loaded.get(new ServableId("m", 1));

                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(servable.cancelled()).isEqualTo(1));
                assertThat(lease.users()).isEqualTo(1);
                assertThat(servable.closed()).isZero();
            }
        }
    }

    @Test
    @DisplayName("S03, S06: attempts after a failure")
    void triesAgainAfterTransientFailure() {
        failures.put(new ServableId("m", 1), LoadFailedException.transientFailure(StatusCode.UNAVAILABLE, "slow disk", null));
        aspire(1);
        awaitState(1, "END");

        assertThat(attempts).hasValue(3);
        failures.clear();
        aspire(1);
        awaitState(1, "AVAILABLE");
    }

    @Test
    void furtherAttemptsEndWithTheWish() {
        LoadingProperties patient = new LoadingProperties(
                1, 1, LoadingProperties.Transition.AVAILABILITY_PRESERVING, 0, 2, Duration.ofHours(1), Duration.ofSeconds(2));
        failures.put(new ServableId("m", 1), LoadFailedException.transientFailure(StatusCode.UNAVAILABLE, "slow disk", null));
        try (ServableManager waiting = new ServableManager(this::load, patient, List.of())) {
            waiting.aspire(new AspiredVersions("m", versions(1), Map.of(), null));
            await().atMost(Duration.ofSeconds(60)).until(() -> attempts.get() == 1);
            // Attempts are said to have failed by another thread: a wish in between may come first.
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                waiting.aspire(AspiredVersions.none("m"));
                return waiting.statuses("m").stream().anyMatch(status -> status.state() instanceof VersionState.End end && end.failed());
            });
        }
    }

    @Test
    void triesUntilFilesThatAreAwayComeBack() {
        failures.put(new ServableId("m", 1), LoadFailedException.away(StatusCode.UNAVAILABLE, "no bucket", new IOException("refused")));
        aspire(1);

        await().atMost(Duration.ofSeconds(60)).until(() -> attempts.get() > 10);
        assertThat(manager.statuses("m")).singleElement().satisfies(status -> assertThat(status.state().label()).isEqualTo("LOADING"));
        failures.clear();
        awaitState(1, "AVAILABLE");
    }

    @Test
    @DisplayName("S03: loaded again after its unload")
    void loadsAgainWhatWasWithdrawn() {
        aspire(1);
        awaitState(1, "AVAILABLE");
        aspire(2);
        awaitState(1, "END");
        aspire(1);
        awaitState(2, "END");

        assertThat(answering(DEFAULT)).isEqualTo(1);
    }

    @Test
    @DisplayName("S03: aspired again while it drains")
    void reloadsVersionThatIsAspiredAgainWhileItDrains() {
        aspire(1);
        awaitState(1, "AVAILABLE");
        Lease lease = manager.acquire("m", DEFAULT);
        aspire();
        awaitState(1, "UNLOADING");
        aspire(1);
        lease.close();
        awaitState(1, "AVAILABLE");

        assertThat(attempts).hasValue(2);
    }

    @Test
    @DisplayName("S06: loads beside each other")
    void moreThanOneModelLoadsWhileOneHangs() {
        gates.put(new ServableId("m", 1), new CountDownLatch(1));
        aspire(1);
        manager.aspire(new AspiredVersions("other", versions(1), Map.of(), null));

        await().atMost(Duration.ofSeconds(60)).until(() -> manager.statuses("other").stream()
                .anyMatch(status -> status.state() instanceof VersionState.Available));
        assertThat(manager.statuses("m").getFirst().state()).isInstanceOf(VersionState.Loading.class);
    }

    @Test
    void labelMovesOnceItsNewVersionIsAvailable() {
        gates.put(new ServableId("m", 2), new CountDownLatch(1));
        manager.aspire(new AspiredVersions("m", versions(1), Map.of("champion", 1L), "champion"));
        awaitState(1, "AVAILABLE");
        manager.aspire(new AspiredVersions("m", versions(1, 2), Map.of("champion", 2L), "champion"));
        awaitState(2, "LOADING");
        assertThat(answering(new VersionChoice.Labelled("champion"))).isEqualTo(1);

        gates.get(new ServableId("m", 2)).countDown();
        awaitState(2, "AVAILABLE");
        assertThat(answering(new VersionChoice.Labelled("champion"))).isEqualTo(2);
    }

    @Test
    void defaultLabelDecidesAgainstHigherVersion() {
        manager.aspire(new AspiredVersions("m", versions(1, 2), Map.of("champion", 1L), "champion"));
        awaitState(1, "AVAILABLE");
        awaitState(2, "AVAILABLE");

        assertThat(answering(DEFAULT)).isEqualTo(1);
    }

    @Test
    void labelWithoutAvailableVersionIsUnavailable() {
        gates.put(new ServableId("m", 1), new CountDownLatch(1));
        manager.aspire(new AspiredVersions("m", versions(1), Map.of("champion", 1L), null));
        awaitState(1, "LOADING");

        assertThatThrownBy(() -> manager.acquire("m", new VersionChoice.Labelled("champion")))
                .isInstanceOfSatisfying(StatusException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.UNAVAILABLE));
    }

    @Test
    void closingFreesEverything() {
        aspire(1, 2);
        awaitState(1, "AVAILABLE");
        awaitState(2, "AVAILABLE");
        manager.close();

        assertThat(loaded.values()).allSatisfy(servable -> assertThat(servable.closed()).isEqualTo(1));
    }

    @Test
    void listenersFailureDoesNotStopTheManager() {
        try (ServableManager other = new ServableManager(
                this::load, properties(Duration.ofSeconds(2)),
                List.of((id, state) -> {
                    throw new IllegalStateException("listener");
                }))) {
            other.aspire(new AspiredVersions("m", versions(1), Map.of(), null));
            await().atMost(Duration.ofSeconds(60)).until(() -> other.statuses("m").stream()
                    .anyMatch(status -> status.state() instanceof VersionState.Available));
        }
    }
}
