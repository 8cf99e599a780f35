package dev.tideline.ingest.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeySplitTest {

    @Test
    void putsTheWantedShareOfKeysIntoEvaluation() {
        KeySplit split = new KeySplit(0.2);

        long evaluation = IntStream.range(0, 10_000).filter(i -> split.of(key(i)).equals("evaluation")).count();

        assertThat(evaluation).isBetween(1_850L, 2_150L);
    }

    @Test
    void keepsAKeyInItsSplitForEver() {
        assertThat(IntStream.range(0, 8).mapToObj(i -> new KeySplit(0.5).of(key(i))))
                .containsExactlyElementsOf(IntStream.range(0, 8).mapToObj(i -> new KeySplit(0.5).of(key(i))).toList());
    }

    @Test
    void evaluatesNothingWithAShareOfZero() {
        assertThat(IntStream.range(0, 100).mapToObj(i -> new KeySplit(0).of(key(i)))).containsOnly("train");
    }

    private static byte[] key(int n) {
        return ("key-" + n).getBytes(StandardCharsets.UTF_8);
    }
}
