package dev.tideline.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BringersTest {

    private static final long MILLISECOND = 1_000_000;

    private final Thread one = Thread.ofPlatform().unstarted(() -> {});
    private final Thread two = Thread.ofPlatform().unstarted(() -> {});
    private final Thread three = Thread.ofPlatform().unstarted(() -> {});

    @Test
    void aThreadThatBringsEverythingIsNotSpared() {
        Bringers bringers = new Bringers(2);

        for (int i = 0; i < 10; i++) {
            assertThat(bringers.brings(one, i * MILLISECOND)).isFalse();
        }
    }

    @Test
    void asManyThreadsAsProcessorsAreEnough() {
        Bringers bringers = new Bringers(2);
        bringers.brings(one, 0);

        assertThat(bringers.brings(two, MILLISECOND)).isTrue();
        assertThat(bringers.brings(one, 2 * MILLISECOND)).isTrue();
    }

    @Test
    void aThreadThatBroughtNothingForAWhileDoesNotCount() {
        Bringers bringers = new Bringers(2);
        bringers.brings(one, 0);
        bringers.brings(two, MILLISECOND);

        assertThat(bringers.brings(two, 22 * MILLISECOND)).isFalse();
        assertThat(bringers.brings(one, 23 * MILLISECOND)).isTrue();
    }

    @Test
    void aFurtherThreadTakesThePlaceOfTheOneThatBroughtItsLastLongestAgo() {
        Bringers bringers = new Bringers(2);
        bringers.brings(one, 0);
        bringers.brings(two, 15 * MILLISECOND);

        assertThat(bringers.brings(three, 30 * MILLISECOND)).isTrue();
        assertThat(bringers.brings(two, 36 * MILLISECOND)).isTrue();
    }

    @Test
    void whoServesOneRequestOnlyIsFree() {
        assertThat(new Bringers(8).brings(Thread.ofVirtual().unstarted(() -> {}), 0)).isTrue();
    }
}
