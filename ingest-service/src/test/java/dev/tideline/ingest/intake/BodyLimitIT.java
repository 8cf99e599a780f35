package dev.tideline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies beyond {@code max-body}, which is 16 MiB here. Without HTTP, since a client may miss an answer that comes before it is done. */
class BodyLimitIT extends ServiceTest {

    private static final int LIMIT = 16 << 20;

    private final AcceptRecords accept;

    BodyLimitIT(AcceptRecords accept) {
        this.accept = accept;
    }

    @BeforeEach
    void declare() {
        ingest.declare("body-limit");
    }

    @Test
    void refusesABodyThatSaysThatItIsTooLongBeforeItIsRead() {
        ByteArrayInputStream unread = new ByteArrayInputStream(new byte[1]);

        refuses(new RecordBody("application/json", null, LIMIT + 1L, unread),
                "body: 16777217 bytes (expected: at most 16777216; nothing of it was read)");

        assertThat(unread.available()).isEqualTo(1);
    }

    @Test
    void endsAStreamThatBecomesTooLongAndTellsWhatWasTaken() {
        refuses(new RecordBody("application/x-ndjson", null, null, records(LIMIT + 1)), "body: more than 16777216 bytes (expected:"
                + " at most 16777216; the 2 records before were read, and taken unless the request had an Idempotency-Key)");

        assertThat(ingest.sealedRecords("body-limit", "plain")).hasSize(2);
    }

    @Test
    void takesNothingOfAStreamWithAKeyThatBecomesTooLong() {
        ingest.declare("body-limit-keyed");
        assertThatThrownBy(() -> accept.accept("body-limit-keyed", new RecordBody("application/x-ndjson", null, null, records(LIMIT + 1)), "key"))
                .isInstanceOf(TidelineException.class);

        assertThat(ingest.seal("body-limit-keyed", "{\"rule\":\"all\"}", "keyed").body().path("code").asString()).isEqualTo("NO_RECORDS");
    }

    private void refuses(RecordBody body, String message) {
        assertThatThrownBy(() -> accept.accept("body-limit", body, null)).hasMessage(message)
                .isInstanceOfSatisfying(TidelineException.class, refused -> assertThat(refused.code()).isEqualTo(CommonError.PAYLOAD_TOO_LARGE));
    }

    /** Two records, then blank lines up to that many bytes. */
    private static InputStream records(int bytes) {
        byte[] records = (IngestClient.record(1) + "\n" + IngestClient.record(2)).getBytes(StandardCharsets.UTF_8);
        byte[] blank = new byte[bytes - records.length];
        Arrays.fill(blank, (byte) '\n');
        return new SequenceInputStream(new ByteArrayInputStream(records), new ByteArrayInputStream(blank));
    }
}
