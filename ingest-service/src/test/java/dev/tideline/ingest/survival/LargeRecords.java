package dev.tideline.ingest.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.ingest.support.IngestClient;
import java.util.HexFormat;
import java.util.Random;

/** Records of 400 kB that do not compress. */
final class LargeRecords {

    static final String DECLARATION = """
            {"schema":{"version":1,"time":"at","features":[{"name":"at","kind":"INT"},{"name":"blob","kind":"TEXT"}]},
             "split":{"by":"TIME","evaluation":0}}""";

    private static final int NOISE = 200_000;

    private LargeRecords() {}

    /** Sends the n-th records at once; the event time of each is n seconds. */
    static void send(IngestClient client, String dataset, int from, int to) {
        Random random = new Random(from);
        byte[] noise = new byte[NOISE];
        StringBuilder lines = new StringBuilder();
        for (int n = from; n < to; n++) {
            random.nextBytes(noise);
            lines.append("{\"at\":").append(n * 1000L).append(",\"blob\":\"").append(HexFormat.of().formatHex(noise)).append("\"}\n");
        }
        assertThat(client.send(dataset, lines.toString()).status()).isEqualTo(202);
    }
}
