package dev.tideline.ingest.survival;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The n-th record of a run, in both forms that a producer may send. The same seed and number give the same bytes. */
record SentRecord(String id, byte[] example, byte[] json) {

    static final String SCHEMA = """
            {"version":1,"label":"y","key":"id","time":"at","features":[
              {"name":"id","kind":"TEXT"},
              {"name":"at","kind":"INT"},
              {"name":"x","kind":"FLOAT"},
              {"name":"y","kind":"INT","domain":{"values":["0","1"]}},
              {"name":"note","kind":"TEXT"}]}""";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_NOTE = 200;

    static SentRecord of(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed * 31 + n);
        String id = "r" + n;
        long at = 1_700_000_000_000L + n;
        float x = random.nextInt(-1_000_000, 1_000_000) / 64f;
        long y = random.nextInt(2);
        String note = note(random);
        byte[] example = Example.of(Map.of("id", Feature.text(id), "at", Feature.longs(at), "x", Feature.floats(x), "y", Feature.longs(y),
                "note", Feature.text(note))).encode();
        byte[] json = JSON.writeValueAsBytes(new TreeMap<>(Map.of("id", id, "at", at, "x", x, "y", y, "note", note)));
        return new SentRecord(id, example, json);
    }

    /** Text of one to four bytes per character. */
    private static String note(SplittableRandom random) {
        StringBuilder note = new StringBuilder();
        random.ints(1 + random.nextInt(LONGEST_NOTE), 0, 4).forEach(kind -> note.appendCodePoint(switch (kind) {
            case 0 -> 'a' + random.nextInt(26);
            case 1 -> 0x400 + random.nextInt(0xff);
            case 2 -> 0x4e00 + random.nextInt(0x1000);
            default -> 0x1f600 + random.nextInt(0x40);
        }));
        return note.toString();
    }

    /** What breaks the schema, so that it belongs on the reject topic. */
    static byte[] poison(int n) {
        return ("{\"id\":\"poison-" + n + "\",\"at\":\"no time\",\"y\":7}").getBytes(StandardCharsets.UTF_8);
    }
}
