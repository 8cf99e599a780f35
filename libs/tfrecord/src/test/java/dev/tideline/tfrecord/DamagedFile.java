package dev.tideline.tfrecord;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A file that something happened to.
 *
 * @param payloads what was written
 * @param whole    numbers of those that came through
 */
record DamagedFile(byte[] bytes, List<byte[]> payloads, List<Integer> whole) {

    private static final int RECORDS = 6;
    /** More than all changes can take away, so that no header leads to a wrong record by chance. */
    private static final int LEAST = 40;

    /** The first bytes are sizes of records; then come changes of three bytes each: what, and where. */
    static DamagedFile of(byte[] script) {
        byte[][] payloads = new byte[RECORDS][];
        List<Integer> starts = new ArrayList<>();
        int size = 0;
        for (int i = 0; i < RECORDS; i++) {
            payloads[i] = new byte[LEAST + (i < script.length ? script[i] & 0xff : 0)];
            new Random(i).nextBytes(payloads[i]);
            starts.add(size);
            size += payloads[i].length + TfRecordWriter.OVERHEAD;
        }
        byte[] bytes = Frames.file(Compression.NONE, payloads);
        // Where each byte was before; -1 when it was not there.
        int[] origin = IntStream.range(0, bytes.length).toArray();
        for (int i = RECORDS; i + 2 < script.length && i < RECORDS + 12 && bytes.length > 0; i += 3) {
            int at = ((script[i + 1] & 0xff) << 8 | script[i + 2] & 0xff) % bytes.length;
            int amount = 1 + (script[i] >> 2 & 7);
            switch (script[i] & 3) {
                case 0 -> {
                    bytes[at] ^= (byte) (1 << amount - 1);
                    origin[at] = -1;
                }
                case 1 -> {
                    int to = Math.min(bytes.length, at + amount);
                    bytes = join(Arrays.copyOf(bytes, at), new byte[0], Arrays.copyOfRange(bytes, to, bytes.length));
                    origin = joinInts(Arrays.copyOf(origin, at), 0, Arrays.copyOfRange(origin, to, origin.length));
                }
                case 2 -> {
                    byte[] noise = new byte[amount];
                    new Random(at).nextBytes(noise);
                    bytes = join(Arrays.copyOf(bytes, at), noise, Arrays.copyOfRange(bytes, at, bytes.length));
                    origin = joinInts(Arrays.copyOf(origin, at), amount, Arrays.copyOfRange(origin, at, origin.length));
                }
                default -> {
                    bytes = Arrays.copyOf(bytes, at);
                    origin = Arrays.copyOf(origin, at);
                }
            }
        }
        int[] where = origin;
        List<Integer> whole = IntStream.range(0, RECORDS)
                .filter(i -> isThere(where, starts.get(i), payloads[i].length + TfRecordWriter.OVERHEAD))
                .boxed().toList();
        return new DamagedFile(bytes, List.of(payloads), whole);
    }

    /** Which of the payloads it is; -1 when none. */
    int indexOf(byte[] payload) {
        return IntStream.range(0, payloads.size()).filter(i -> Arrays.equals(payloads.get(i), payload)).findFirst().orElse(-1);
    }

    private static boolean isThere(int[] origin, int start, int length) {
        int at = IntStream.range(0, origin.length).filter(i -> origin[i] == start).findFirst().orElse(-1);
        return at >= 0 && at + length <= origin.length && IntStream.range(0, length).allMatch(i -> origin[at + i] == start + i);
    }

    private static byte[] join(byte[] head, byte[] middle, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + middle.length + tail.length);
        System.arraycopy(middle, 0, joined, head.length, middle.length);
        System.arraycopy(tail, 0, joined, head.length + middle.length, tail.length);
        return joined;
    }

    private static int[] joinInts(int[] head, int added, int[] tail) {
        int[] joined = Arrays.copyOf(head, head.length + added + tail.length);
        Arrays.fill(joined, head.length, head.length + added, -1);
        System.arraycopy(tail, 0, joined, head.length + added, tail.length);
        return joined;
    }
}
