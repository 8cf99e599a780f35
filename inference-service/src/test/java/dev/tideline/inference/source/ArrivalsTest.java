package dev.tideline.inference.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(3600);

    private final Clock clock = new Clock(NOW);
    private final Arrivals arrivals = new Arrivals(clock, Duration.ofSeconds(2));

    @TempDir
    Path folder;

    @Test
    void oldExportIsWholeAtOnce() {
        Exports.whole(folder, LONG_AGO);

        assertThat(arrivals.isWhole(folder)).isTrue();
    }

    @Test
    void freshExportIsWholeOnceItWasLeftAlone() {
        Exports.whole(folder, NOW);

        assertThat(arrivals.isWhole(folder)).isFalse();
        clock.pass(Duration.ofSeconds(2));
        assertThat(arrivals.isWhole(folder)).isTrue();
    }

    @Test
    void timesInTheFutureAreNotBelieved() {
        Exports.whole(folder, NOW.plusSeconds(600));

        assertThat(arrivals.isWhole(folder)).isFalse();
        clock.pass(Duration.ofSeconds(2));
        assertThat(arrivals.isWhole(folder)).isTrue();
    }

    @Test
    void everyChangeStartsTheWaitAnew() throws Exception {
        Exports.whole(folder, NOW.plusSeconds(600));
        arrivals.isWhole(folder);
        clock.pass(Duration.ofSeconds(1));
        Files.writeString(folder.resolve("saved_model.pb"), "longer than before");
        arrivals.isWhole(folder);
        clock.pass(Duration.ofSeconds(1));

        assertThat(arrivals.isWhole(folder)).isFalse();
    }

    @Test
    void manifestSaysThatAllIsThere() {
        Exports.whole(folder, NOW);
        Exports.file(folder, "manifest.json", NOW);

        assertThat(arrivals.isWhole(folder)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"saved_model.pb", "variables/variables.index", "variables/variables.data-00000-of-00001"})
    void exportThatLacksAFileIsNeverWhole(String missing) throws Exception {
        Exports.whole(folder, LONG_AGO);
        Files.delete(folder.resolve(missing));
        Exports.age(folder, LONG_AGO);
        clock.pass(Duration.ofHours(1));

        assertThat(arrivals.isWhole(folder)).isFalse();
    }

    @Test
    void missingShardOfSeveralIsNoticed() {
        Exports.file(folder, "variables/variables.data-00000-of-00002", LONG_AGO);
        Exports.file(folder, "variables/variables.index", LONG_AGO);
        Exports.file(folder, "saved_model.pb", LONG_AGO);
        assertThat(arrivals.isWhole(folder)).isFalse();

        Exports.file(folder, "variables/variables.data-00001-of-00002", LONG_AGO);
        assertThat(arrivals.isWhole(folder)).isTrue();
    }

    @Test
    void temporaryShardIsNoShard() {
        Exports.whole(folder, LONG_AGO);
        Exports.file(folder, "variables/variables.data-00000-of-00001.tempstate7", LONG_AGO);

        assertThat(arrivals.isWhole(folder)).isFalse();
    }

    @Test
    void emptyFolderIsNotWhole() throws Exception {
        Exports.age(folder, LONG_AGO);

        assertThat(arrivals.isWhole(folder)).isFalse();
        assertThat(arrivals.isWhole(folder.resolve("absent"))).isFalse();
    }

    @Test
    void somethingElseIsLeftToTheLoaderToRefuse() {
        Exports.file(folder, "export.meta", LONG_AGO);

        assertThat(arrivals.isWhole(folder)).isTrue();
    }
}
