package dev.tideline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NdjsonSourceTest {

    @Test
    void readsOneRecordPerLine() throws IOException {
        assertThat(texts("{\"a\":1}\n{\"a\":2}\n", 100)).containsExactly("1:{\"a\":1}", "2:{\"a\":2}");
    }

    @Test
    void readsALastLineWithoutItsNewline() throws IOException {
        assertThat(texts("{}\n{\"a\":2}", 100)).containsExactly("1:{}", "2:{\"a\":2}");
    }

    @Test
    void passesOverBlankLinesButCountsThem() throws IOException {
        assertThat(texts("\n{}\n \r\n\t\n[]\r\n", 100)).containsExactly("2:{}", "5:[]\r");
    }

    @Test
    void readsNothingFromAnEmptyBody() throws IOException {
        assertThat(texts("", 100)).isEmpty();
    }

    @Test
    void reportsALineThatIsTooLongAndGoesOn() throws IOException {
        List<RecordSource.Item> items = read(new ByteArrayInputStream("{\"long\":\"12345\"}\n{}\n".getBytes(StandardCharsets.UTF_8)), 10);

        assertThat(((RecordSource.Broken) items.get(0)).problem().toString()).isEqualTo(": 16 bytes (expected: at most 10 bytes)");
        assertThat(items.get(1).line()).isEqualTo(2);
    }

    @Test
    void reportsALineThatIsLongerThanEveryBuffer() throws IOException {
        String body = "x".repeat(300_000) + "\n{}\n" + "y".repeat(300_000);
        List<RecordSource.Item> items = read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), 100_000);

        assertThat(items).extracting(RecordSource.Item::line).containsExactly(1L, 2L, 3L);
        assertThat(items).extracting(item -> item instanceof RecordSource.Broken).containsExactly(true, false, true);
    }

    @Test
    void readsLinesOfAnyLengthFromAStreamThatTrickles() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        List<String> lines = IntStream.range(0, 60).mapToObj(i -> "z".repeat(1 + random.nextInt(i % 10 == 0 ? 200_000 : 50))).toList();
        InputStream trickle = new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(5_000)));
            }
        };

        assertThat(read(trickle, 1_000_000)).extracting(item -> new String(((RecordSource.Bytes) item).json(), StandardCharsets.UTF_8))
                .containsExactlyElementsOf(lines);
    }

    private static List<String> texts(String body, int maxRecord) throws IOException {
        return read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), maxRecord).stream()
                .map(item -> item.line() + ":" + new String(((RecordSource.Bytes) item).json(), StandardCharsets.UTF_8))
                .collect(Collectors.toList());
    }

    private static List<RecordSource.Item> read(InputStream in, int maxRecord) throws IOException {
        NdjsonSource source = new NdjsonSource(in, maxRecord);
        List<RecordSource.Item> items = new ArrayList<>();
        for (RecordSource.Item item = source.next(); item != null; item = source.next()) {
            items.add(item);
        }
        return items;
    }
}
