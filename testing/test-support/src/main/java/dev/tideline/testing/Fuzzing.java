package dev.tideline.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Inputs that are nearly right, the same ones in every build, and a bound on the memory that reading them takes. */
public final class Fuzzing {

    /** {@code -Dtideline.fuzz.factor=100} makes a run a hundred times longer. */
    private static final int FACTOR = Integer.getInteger("tideline.fuzz.factor", 1);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final byte[] TELLING = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff, '"', '\n', '\r', ',', '{', '}', '[', ']', '\\', '-', '.', 'e'};

    private Fuzzing() {}

    /**
     * Runs {@code target} on changed forms of good inputs: bits and bytes replaced, parts cut out, doubled, and mixed with others.
     *
     * @throws AssertionError with the input in hexadecimal digits when the target fails
     */
    public static void mutate(long seed, int rounds, List<byte[]> good, Consumer<byte[]> target) {
        Random random = new Random(seed);
        for (long round = 0; round < (long) rounds * FACTOR; round++) {
            byte[] input = good.get(random.nextInt(good.size()));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                input = change(random, input, good);
            }
            try {
                target.accept(input);
            } catch (RuntimeException | Error failure) {
                throw new AssertionError("input " + HexFormat.of().formatHex(input) + ": " + failure, failure);
            }
        }
    }

    /**
     * Runs {@code action} and fails when it allocates more than {@code most} bytes; twice then, since classes that are loaded, and under
     * Jazzer instrumented, cost memory once.
     */
    public static void allocatingAtMost(long most, Runnable action) {
        if (allocated(action) > most) {
            long allocated = allocated(action);
            if (allocated > most) {
                throw new AssertionError("allocated: " + allocated + " bytes (expected: at most " + most + ")");
            }
        }
    }

    private static long allocated(Runnable action) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] change(Random random, byte[] input, List<byte[]> others) {
        int at = random.nextInt(input.length + 1);
        int to = Math.min(input.length, at + 1 + random.nextInt(8));
        byte[] changed = input.clone();
        switch (random.nextInt(7)) {
            case 0 -> {
                if (at < input.length) {
                    changed[at] ^= (byte) (1 << random.nextInt(8));
                }
                return changed;
            }
            case 1 -> {
                if (at < input.length) {
                    changed[at] = TELLING[random.nextInt(TELLING.length)];
                }
                return changed;
            }
            case 2 -> {
                return Arrays.copyOf(input, at);
            }
            case 3 -> {
                return joined(input, at, new byte[0], to);
            }
            case 4 -> {
                return joined(input, to, Arrays.copyOfRange(input, at, to), to);
            }
            case 5 -> {
                return joined(input, at, new byte[] {TELLING[random.nextInt(TELLING.length)]}, at);
            }
            default -> {
                byte[] other = others.get(random.nextInt(others.size()));
                int from = random.nextInt(other.length + 1);
                return joined(input, at, Arrays.copyOfRange(other, from, Math.min(other.length, from + random.nextInt(32))), at);
            }
        }
    }

    /** The bytes before {@code head}, then {@code middle}, then those from {@code tail} on. */
    private static byte[] joined(byte[] input, int head, byte[] middle, int tail) {
        byte[] joined = Arrays.copyOf(input, head + middle.length + input.length - tail);
        System.arraycopy(middle, 0, joined, head, middle.length);
        System.arraycopy(input, tail, joined, head + middle.length, input.length - tail);
        return joined;
    }
}
