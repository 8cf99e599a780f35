package dev.tideline.inference.servable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.inference.status.StatusCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndedVersionsTest {

    private static final VersionState END = new VersionState.End(StatusCode.OK, "");

    private final EndedVersions ended = new EndedVersions();

    private static ServableId version(String model, long number) {
        return new ServableId(model, number);
    }

    private Optional<ServableId> end(String model, long number) {
        return ended.changed(version(model, number), END);
    }

    @Test
    void versionGoesWhenTheNextOneOfItsModelHasEnded() {
        assertThat(end("a", 1)).isEmpty();
        assertThat(end("b", 7)).isEmpty();

        assertThat(end("a", 2)).contains(version("a", 1));
        assertThat(end("a", 3)).contains(version("a", 2));
    }

    @Test
    void versionThatEndsTwiceStays() {
        end("a", 1);

        assertThat(end("a", 1)).isEmpty();
    }

    @Test
    void versionThatComesBackStays() {
        end("a", 1);
        ended.changed(version("a", 1), new VersionState.Loading());

        assertThat(end("a", 2)).isEmpty();
    }
}
