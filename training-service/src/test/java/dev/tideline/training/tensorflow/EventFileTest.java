package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.tfrecord.TfRecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;

class EventFileTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000L, 500_000_000));

    @TempDir
    Path folder;

    @Test
    void theNameIsOneThatTensorBoardLooksFor() throws IOException {
        new EventFile(folder.resolve("deep"), 3, CLOCK).close();

        try (var files = Files.list(folder.resolve("deep"))) {
            assertThat(files).extracting(file -> file.getFileName().toString())
                .containsExactly("events.out.tfevents.1700000000.tideline.0003");
        }
    }

    @Test
    void figuresReadBackWithTensorFlowsOwnClasses() throws IOException {
        try (var file = new EventFile(folder, 1, CLOCK)) {
            file.startAt(40);
            file.scalars(45, Map.of("loss", 0.25));

            var events = read();

            assertThat(events).hasSize(3).allSatisfy(event -> assertThat(event.getWallTime()).isEqualTo(1_700_000_000.5));
            assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
            assertThat(events.get(1).getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
            assertThat(events.get(1).getStep()).isEqualTo(40);
            assertThat(events.get(2).getStep()).isEqualTo(45);
            assertThat(events.get(2).getSummary().getValue(0).getTag()).isEqualTo("loss");
            assertThat(events.get(2).getSummary().getValue(0).getSimpleValue()).isEqualTo(0.25f);
        }
    }

    private List<Event> read() throws IOException {
        var events = new ArrayList<Event>();
        try (var files = Files.list(folder); var reader = TfRecordReader.open(files.findFirst().orElseThrow())) {
            for (var record = reader.next(); record != null; record = reader.next()) {
                events.add(Event.parseFrom(record));
            }
        }
        return events;
    }
}
