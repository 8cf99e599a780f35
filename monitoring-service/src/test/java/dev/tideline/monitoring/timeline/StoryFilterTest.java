package dev.tideline.monitoring.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.starter.error.TidelineException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryFilterTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123456Z");

    @Test
    void aCursorSurvivesItsTextForm() {
        StoryFilter.Cursor cursor = new StoryFilter.Cursor(TIME, "event with blanks");
        assertThat(StoryFilter.Cursor.read(cursor.text())).isEqualTo(cursor);
    }

    @Test
    void textThatIsNoCursorIsRefused() {
        assertThatThrownBy(() -> StoryFilter.Cursor.read("%%")).isInstanceOf(TidelineException.class)
                .hasMessage("after: %% (expected: the field next of a page before)");
        assertThatThrownBy(() -> StoryFilter.Cursor.read("YWJj")).isInstanceOf(TidelineException.class).hasMessageStartingWith("after: YWJj");
    }

    @Test
    void aKindIsCapitalLetters() {
        assertThatThrownBy(() -> new StoryFilter(List.of("live"), null, null, null, null)).isInstanceOf(TidelineException.class)
                .hasMessageStartingWith("kind: live (expected: ");
    }

    @Test
    void aSpanThatEndsBeforeItBeginsIsRefused() {
        assertThatThrownBy(() -> new StoryFilter(List.of(), null, TIME, TIME, null)).isInstanceOf(TidelineException.class)
                .hasMessageStartingWith("from: " + TIME);
    }
}
