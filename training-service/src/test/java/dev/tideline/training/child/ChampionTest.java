package dev.tideline.training.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.training.export.ModelCard;
import dev.tideline.training.input.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void oneWithoutACardIsNot() {
        assertThat(reason(Champion.read(folder, CARD, SCHEMA))).contains(ModelCard.PATH);
    }

    @Test
    void oneWithABrokenCardIsNot() throws IOException {
        write(CARD);
        Files.writeString(folder.resolve(ModelCard.PATH), "{");

        assertThat(reason(Champion.read(folder, CARD, SCHEMA))).contains("cannot be read");
    }

    private void write(ModelCard card) throws IOException {
        var file = folder.resolve(ModelCard.PATH);
        Files.createDirectories(file.getParent());
        Files.write(file, JsonMapper.builder().build().writeValueAsBytes(card));
    }

    private static String reason(Champion champion) {
        return ((Champion.Incomparable) champion).reason();
    }
}
