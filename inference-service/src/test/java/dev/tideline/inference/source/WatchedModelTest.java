package dev.tideline.inference.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.configuration.BasePath;
import dev.tideline.inference.configuration.ServedModel;
import dev.tideline.inference.configuration.VersionSelection;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedModelTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(3600);

    private final Arrivals arrivals = new Arrivals(new Clock(NOW), Duration.ofSeconds(2));

    @TempDir
    Path base;

    private WatchedModel watched(VersionSelection selection) {
        return new WatchedModel(new ServedModel("m", new BasePath.Folder(base), selection, new TreeMap<>(Map.of("stable", 1L))), base, arrivals);
    }

    private void export(String version) {
        Exports.whole(base.resolve(version), LONG_AGO);
    }

    @Test
    @DisplayName("S02: leading zeros, timestamps, other names")
    void choosesTheHighestVersionByNumber() throws Exception {
        export("9");
        export("00000123");
        export("not-a-version");
        export("-7");
        WatchedModel model = watched(VersionSelection.LATEST);

        assertThat(model.look(Set.of(), Set.of())).isTrue();
        assertThat(model.aspired().versions()).containsOnly(Map.entry(123L, base.resolve("00000123")));
        assertThat(model.aspired().labels()).containsOnly(Map.entry("stable", 1L));
        assertThat(model.look(Set.of(), Set.of())).isFalse();
    }

    @Test
    void halfWrittenVersionDoesNotDisplaceTheOneBelow() throws Exception {
        export("1");
        Exports.file(base.resolve("2"), "variables/variables.index", LONG_AGO);
        WatchedModel model = watched(VersionSelection.LATEST);
        model.look(Set.of(), Set.of());

        assertThat(model.aspired().versions()).containsOnlyKeys(1L);
        assertThat(model.pending()).isTrue();
        Exports.whole(base.resolve("2"), LONG_AGO);
        assertThat(model.look(Set.of(), Set.of())).isTrue();
        assertThat(model.aspired().versions()).containsOnlyKeys(2L);
        assertThat(model.pending()).isFalse();
    }

    @Test
    @DisplayName("S02: N latest, specific")
    void selectionsChooseLatestAllOrNamedVersions() throws Exception {
        for (int version = 1; version <= 4; version++) {
            export(Integer.toString(version));
        }
        WatchedModel latest = watched(new VersionSelection.Latest(2));
        WatchedModel all = watched(new VersionSelection.All());
        WatchedModel specific = watched(new VersionSelection.Specific(new TreeSet<>(Set.of(1L, 3L, 99L))));
        latest.look(Set.of(), Set.of());
        all.look(Set.of(), Set.of());
        specific.look(Set.of(), Set.of());

        assertThat(latest.aspired().versions()).containsOnlyKeys(3L, 4L);
        assertThat(all.aspired().versions()).containsOnlyKeys(1L, 2L, 3L, 4L);
        assertThat(specific.aspired().versions()).containsOnlyKeys(1L, 3L);
    }

    @Test
    @DisplayName("S02: numbers that are equal")
    void equalNumbersAreOneVersion() throws Exception {
        export("001");
        export("1");
        WatchedModel model = watched(new VersionSelection.All());
        model.look(Set.of(), Set.of());

        assertThat(model.aspired().versions()).containsOnly(Map.entry(1L, base.resolve("1")));
    }

    @Test
    void failedVersionIsTriedAgainOnlyWhenItsFolderHasChanged() throws Exception {
        export("1");
        WatchedModel model = watched(VersionSelection.LATEST);
        model.look(Set.of(), Set.of());

        assertThat(model.look(Set.of(1L), Set.of())).isFalse();
        Files.writeString(base.resolve("1/saved_model.pb"), "repaired, and longer than it was");
        Exports.age(base.resolve("1"), LONG_AGO);
        assertThat(model.look(Set.of(1L), Set.of())).isTrue();
        assertThat(model.look(Set.of(1L), Set.of())).isFalse();
    }

    @Test
    @DisplayName("S02: a folder that is gone")
    void versionWhoseFolderIsGoneIsGivenUp() throws Exception {
        export("1");
        WatchedModel model = watched(VersionSelection.LATEST);
        model.look(Set.of(), Set.of());
        Files.move(base.resolve("1"), base.resolve("old"));

        assertThat(model.look(Set.of(), Set.of())).isTrue();
        assertThat(model.aspired().versions()).isEmpty();
    }

    @Test
    @DisplayName("S02: no base path; the last version stays")
    void missingBasePathChangesNothing() throws Exception {
        export("1");
        WatchedModel model = watched(VersionSelection.LATEST);
        model.look(Set.of(), Set.of());
        Files.move(base, base.resolveSibling("moved-away"));

        assertThatThrownBy(() -> model.look(Set.of(), Set.of())).isInstanceOf(NoSuchFileException.class);
        assertThat(model.aspired().versions()).containsOnlyKeys(1L);
        Files.move(base.resolveSibling("moved-away"), base);
    }

    @Test
    @DisplayName("S02: another policy")
    void changedSelectionKeepsWhatIsServed() throws Exception {
        export("1");
        export("2");
        WatchedModel model = watched(VersionSelection.LATEST);
        model.look(Set.of(), Set.of());
        WatchedModel changed = model.changed(new ServedModel("m", new BasePath.Folder(base), new VersionSelection.All(), new TreeMap<>()), base);

        assertThat(changed.look(Set.of(), Set.of())).isTrue();
        assertThat(changed.aspired().versions()).containsOnlyKeys(1L, 2L);
        assertThat(changed.aspired().labels()).isEmpty();
    }

    @Test
    void whereTheLatestIsBrokenTheOneBelowAnswersAlsoFromTheStart() throws Exception {
        export("1");
        export("2");
        export("3");
        WatchedModel model = watched(VersionSelection.LATEST);
        model.look(Set.of(), Set.of());
        assertThat(model.aspired().versions()).containsOnlyKeys(3L);

        assertThat(model.look(Set.of(3L), Set.of())).isTrue();
        assertThat(model.aspired().versions()).containsOnlyKeys(2L, 3L);
        // Version 3 is tried once more, since the wish was stated anew.
        assertThat(model.look(Set.of(), Set.of())).isFalse();
        assertThat(model.look(Set.of(3L), Set.of(2L))).isFalse();
        assertThat(model.look(Set.of(2L, 3L), Set.of())).isTrue();
        assertThat(model.aspired().versions()).containsOnlyKeys(1L, 3L);
    }

    @Test
    void theOneBelowIsGivenUpOnceTheLatestAnswers() throws Exception {
        export("1");
        export("2");
        WatchedModel model = watched(VersionSelection.LATEST);
        model.look(Set.of(), Set.of());
        model.look(Set.of(2L), Set.of());
        assertThat(model.aspired().versions()).containsOnlyKeys(1L, 2L);

        assertThat(model.look(Set.of(), Set.of(1L, 2L))).isTrue();
        assertThat(model.aspired().versions()).containsOnlyKeys(2L);
    }
}
