package dev.tideline.training.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.modelstore.ModelManifest;
import dev.tideline.modelstore.ModelStore;
import dev.tideline.training.export.ModelCard;
import dev.tideline.training.input.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ChampionTest {

    private static final ModelCard CARD = new ModelCard("binary", "y", List.of("no", "yes"), List.of("x", "word"));
    private static final Schema SCHEMA = new Schema(1, List.of(FeatureSpec.scalar("x", Kind.FLOAT), FeatureSpec.scalar("word", Kind.TEXT),
        FeatureSpec.scalar("y", Kind.TEXT)), "y", null, null);

    @TempDir
    Path folder;

    @Test
    void oneOfTheSameClassesIsComparable() throws IOException {
        write(CARD);

        var champion = Champion.read(folder, CARD, SCHEMA);

        assertThat(champion).isInstanceOfSatisfying(Champion.Comparable.class, comparable ->
            assertThat(comparable.inputs()).extracting(Column::name, Column::kind)
                .containsExactly(org.assertj.core.api.Assertions.tuple("x", Kind.FLOAT), org.assertj.core.api.Assertions.tuple("word", Kind.TEXT)));
    }

    @Test
    void oneOfOtherClassesIsNot() throws IOException {
        write(new ModelCard("binary", "y", List.of("yes", "no"), List.of("x")));

        assertThat(reason(Champion.read(folder, CARD, SCHEMA))).contains("[yes, no]").contains("[no, yes]");
    }

    @Test
    void oneThatNeedsAFeatureThatIsGoneIsNot() throws IOException {
        write(new ModelCard("binary", "y", List.of("no", "yes"), List.of("x", "speed")));

        assertThat(reason(Champion.read(folder, CARD, SCHEMA))).contains("speed");
    }

    @Test
    void oneWithoutAManifestIsDamaged() {
        assertThat(damage(Champion.read(folder, CARD, SCHEMA))).contains("manifest.json").contains("cannot be read");
    }

    @Test
    void oneWithABrokenCardIsDamaged() throws IOException {
        write(CARD);
        Files.writeString(folder.resolve(ModelCard.PATH), "{");
        manifest();

        assertThat(damage(Champion.read(folder, CARD, SCHEMA))).contains(ModelCard.PATH).contains("cannot be read");
    }

    @Test
    void oneWithAChangedFileIsDamagedAndTheFileIsNamed() throws IOException {
        write(CARD);
        Files.writeString(folder.resolve("saved_model.pb"), "not what was published");

        assertThat(damage(Champion.read(folder, CARD, SCHEMA)))
            .isEqualTo("version 3: [saved_model.pb] are missing or changed since it was published");
    }

    @Test
    void oneWithAMissingFileIsDamaged() throws IOException {
        write(CARD);
        Files.delete(folder.resolve("saved_model.pb"));

        assertThat(damage(Champion.read(folder, CARD, SCHEMA))).contains("saved_model.pb");
    }

    /** A published version with this card. */
    private void write(ModelCard card) throws IOException {
        var file = folder.resolve(ModelCard.PATH);
        Files.createDirectories(file.getParent());
        Files.write(file, JsonMapper.builder().build().writeValueAsBytes(card));
        Files.writeString(folder.resolve("saved_model.pb"), "a graph");
        manifest();
    }

    private void manifest() throws IOException {
        var store = new ModelStore(folder.resolve("store"));
        try (var draft = store.draft("m", 3, 1)) {
            for (var name : List.of("saved_model.pb", ModelCard.PATH)) {
                var copy = draft.path().resolve(name);
                Files.createDirectories(copy.getParent());
                Files.copy(folder.resolve(name), copy);
            }
            draft.publish(new ModelManifest("m", 3, Instant.EPOCH, "d", 1, "hash", SCHEMA, 1, null, new TreeMap<>(), new TreeMap<>(),
                new TreeMap<>()));
        }
        Files.move(store.folder("m", 3).resolve(ModelStore.MANIFEST), folder.resolve(ModelStore.MANIFEST),
            StandardCopyOption.REPLACE_EXISTING);
        store.delete("m", 3);
    }

    private static String reason(Champion champion) {
        return ((Champion.Incomparable) champion).reason();
    }

    private static String damage(Champion champion) {
        return ((Champion.Damaged) champion).reason();
    }
}
