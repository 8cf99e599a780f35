package dev.tideline.training.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.training.child.Checkpoints.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

    @TempDir
    Path folder;

    @Test
    void thereIsNoneAtFirst() throws IOException {
        assertThat(new Checkpoints(folder.resolve("none"), 1).all()).isEmpty();
    }

    @Test
    void theNewestIsFound() throws IOException {
        var checkpoints = new Checkpoints(folder, 1);
        save(checkpoints, new Position(0, 5, 5));
        save(checkpoints, new Position(1, 2, 1_002));

        var newest = checkpoints.all().getFirst();

        assertThat(newest.position()).isEqualTo(new Position(1, 2, 1_002));
        assertThat(newest.prefix()).hasFileName("model").hasParentRaw(folder.resolve("000000001002-0001"));
    }

    @Test
    void onlyTheTwoNewestAreKept() throws IOException {
        var checkpoints = new Checkpoints(folder, 1);
        for (int step = 1; step <= 5; step++) {
            save(checkpoints, new Position(0, step, step));
        }

        try (var children = Files.list(folder)) {
            assertThat(children).extracting(child -> child.getFileName().toString())
                .containsExactlyInAnyOrder("000000000004-0001", "000000000005-0001");
        }
    }

    @Test
    void oneWithoutItsPositionDoesNotCount() throws IOException {
        var checkpoints = new Checkpoints(folder, 1);
        save(checkpoints, new Position(0, 1, 1));
        Files.createDirectories(folder.resolve("000000000009-0001"));

        assertThat(checkpoints.all().getFirst().position().step()).isEqualTo(1);
    }

    @Test
    void oneWithADamagedPositionIsPassedOver() throws IOException {
        var checkpoints = new Checkpoints(folder, 1);
        save(checkpoints, new Position(0, 1, 1));
        save(checkpoints, new Position(0, 2, 2));
        Files.writeString(folder.resolve("000000000002-0001").resolve("position.json"), "{\"epo");

        assertThat(checkpoints.all().getFirst().position().step()).isEqualTo(1);
    }

    @Test
    void theSameStepMayBeSavedAgain() throws IOException {
        var checkpoints = new Checkpoints(folder, 1);
        save(checkpoints, new Position(0, 8, 8));
        save(checkpoints, new Position(1, 0, 8));

        assertThat(checkpoints.all().getFirst().position().epoch()).isEqualTo(1);
    }

    @Test
    void attemptsDoNotWriteIntoEachOthersFolders() throws IOException {
        save(new Checkpoints(folder, 1), new Position(0, 8, 8));
        save(new Checkpoints(folder, 2), new Position(0, 8, 8));

        assertThat(new Checkpoints(folder, 3).all()).extracting(each -> each.prefix().getParent().getFileName().toString())
            .containsExactly("000000000008-0002", "000000000008-0001");
    }

    @Test
    void aDiscardedOneIsGone() throws IOException {
        var checkpoints = new Checkpoints(folder, 1);
        save(checkpoints, new Position(0, 1, 1));
        save(checkpoints, new Position(0, 2, 2));

        checkpoints.discard(checkpoints.all().getFirst());

        assertThat(checkpoints.all()).extracting(each -> each.position().step()).containsExactly(1L);
    }

    private static void save(Checkpoints checkpoints, Position position) throws IOException {
        checkpoints.save(position, prefix -> {
            try {
                Files.writeString(Path.of(prefix + ".index"), "weights");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
