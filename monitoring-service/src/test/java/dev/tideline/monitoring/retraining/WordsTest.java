package dev.tideline.monitoring.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.starter.error.TidelineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void saysWhatIsSaidOtherwiseWhenThereAreNone(String none) {
        assertThat(Words.checked("reason", none, "no reason given")).isEqualTo("no reason given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new season", "zwei\nZeilen", "\uD83D\uDE00 fine"})
    void takesWhatPeopleWrite(String text) {
        assertThat(Words.checked("reason", text, "")).isEqualTo(text);
    }

    @Test
    void refusesACharacterThatNoDatabaseKeeps() {
        assertThatThrownBy(() -> Words.checked("by", "E\0a", "")).isInstanceOf(TidelineException.class)
                .hasMessage("by: U+0000 at place 1 (expected: at most 1000 characters, none of them a control character)");
    }

    @Test
    void refusesADocument() {
        assertThat(Words.checked("reason", "x".repeat(1_000), "")).hasSize(1_000);
        assertThatThrownBy(() -> Words.checked("reason", "x".repeat(1_001), "")).isInstanceOf(TidelineException.class)
                .hasMessageStartingWith("reason: 1001 characters");
    }
}
