package dev.tideline.starter.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tideline.contracts.DatasetVersionEvent;
import dev.tideline.contracts.TrainingRequest;
import dev.tideline.contracts.DataWindow;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private final EventReader reader = new EventReader(EventAutoConfiguration.JSON);

    @Test
    void eventSurvivesTheRoundTrip() {
        OutboxEntry entry = new EventRecords(EventAutoConfiguration.JSON, "/tideline/test").of(Events.sealed("trips", 3));

        assertThat(reader.read(entry.payload(), DatasetVersionEvent.class)).isEqualTo(Events.sealed("trips", 3));
    }

    @Test
    void windowRuleSurvivesTheRoundTrip() {
        TrainingRequest request = new TrainingRequest("r", Events.NOON, "m", new DataWindow.Last(500),
                TrainingRequest.Trigger.MANUAL, "asked", Map.of("psi", 0.3));
        OutboxEntry entry = new EventRecords(EventAutoConfiguration.JSON, "/tideline/test").of(request);

        assertThat(reader.read(entry.payload(), TrainingRequest.class)).isEqualTo(request);
    }

    @Test
    void unknownFieldIsIgnored() {
        byte[] value = bytes("""
                {"id":"1","time":"2026-05-01T12:00:00Z","status":"SEALED","dataset":"trips","version":1,"records":2,
                 "schemaFingerprint":"f","contentHash":"h","manifest":"m","colour":"blue"}
                """);

        assertThat(reader.read(value, DatasetVersionEvent.class).dataset()).isEqualTo("trips");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rubbish", "null", "[]", "{}", "{\"id\":\"1\"}", "{\"id\":\"1\",\"time\":\"noon\"}", "\u0000\u0001"})
    void rubbishIsTypedError(String value) {
        assertThatExceptionOfType(TidelineException.class)
                .isThrownBy(() -> reader.read(bytes(value), DatasetVersionEvent.class))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(CommonError.MALFORMED_EVENT))
                .withMessageContaining("DatasetVersionEvent");
    }

    @Test
    void tombstoneIsTypedError() {
        assertThatExceptionOfType(TidelineException.class)
                .isThrownBy(() -> reader.read(null, DatasetVersionEvent.class));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
