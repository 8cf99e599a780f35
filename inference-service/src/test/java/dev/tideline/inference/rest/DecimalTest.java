package dev.tideline.inference.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.EightDigits;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

    private static double exact(long mantissa, int scale) {
        return Double.parseDouble(Long.toUnsignedString(mantissa) + "e" + scale);
    }

    private static int readAll(String list, float[] into) {
        byte[] text = list.getBytes(StandardCharsets.US_ASCII);
        NumberRuns runs = new NumberRuns();
        int behind = runs.scan(text, 1, text.length);
        if (behind == 1) {
            return 0;
        }
        runs.copy(runs.at(1), into, 0);
        assertThat(runs.end(runs.at(1))).isEqualTo(behind);
        return runs.count(runs.at(1));
    }

    @Test
    void agreesWithTheJdkWhereItAnswers() {
        SplittableRandom random = new SplittableRandom(1);
        int answered = 0;
        for (int i = 0; i < 200_000; i++) {
            long mantissa = random.nextLong() >>> random.nextInt(64);
            int scale = random.nextInt(-70, 71);
            double value = Decimal.toDouble(mantissa, scale);
            if (value == value) {
                answered++;
                assertThat(value).isEqualTo(exact(mantissa, scale));
            }
        }
        assertThat(answered).isGreaterThan(170_000);
    }

    /** Near ties of floats as well, where the short way has to give up. */
    @Test
    void floatsAreThoseOfTheExactDoubles() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 100_000; i++) {
            long mantissa = random.nextLong() >>> random.nextInt(64);
            int scale = random.nextInt(-60, 61);
            assertThat(Decimal.toFloat(mantissa, scale)).isEqualTo((float) exact(mantissa, scale));

            long tie = (1L << 24 | random.nextLong(1L << 24)) * 2 + 1;
            long nearTie = (tie << 28) + random.nextLong(-20, 21);
            assertThat(Decimal.toFloat(nearTie, 0)).isEqualTo((float) (double) nearTie);
        }
    }

    /** Numbers half way between two doubles, and their neighbours: the ones that rounding gets wrong. */
    @Test
    void roundsTiesToTheEvenDouble() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 50_000; i++) {
            long odd = (1L << 53) + random.nextLong(1L << 53) | 1;
            int shift = random.nextInt(0, 10);
            for (long neighbour = -1; neighbour <= 1; neighbour++) {
                long mantissa = (odd << shift) + neighbour;
                assertThat(Decimal.toDouble(mantissa, 0)).isEqualTo(exact(mantissa, 0));
            }
            BigDecimal tie = new BigDecimal(odd).multiply(new BigDecimal("0.5"));
            assertThat(Decimal.toDouble(tie.unscaledValue().longValue(), -tie.scale())).isEqualTo(tie.doubleValue());
        }
    }

    @Test
    void leavesWhatIsOutOfReach() {
        assertThat(Decimal.toDouble(1, 400)).isNaN();
        assertThat(Decimal.toDouble(1, -400)).isNaN();
        assertThat(Decimal.toDouble(0, 30)).isZero();
    }

    @Test
    void readsRunsOfNumbersInEveryForm() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 2_000; round++) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-30, 30));
                texts.add(switch (random.nextInt(4)) {
                    case 0 -> Double.toString(value);
                    case 1 -> Float.toString((float) value);
                    case 2 -> String.format(Locale.ROOT, "%.4f", random.nextDouble());
                    default -> Long.toString(random.nextLong() >> random.nextInt(64));
                });
            }
            float[] read = new float[16];

            assertThat(readAll("[" + String.join(random.nextBoolean() ? "," : ", ", texts) + "]", read)).isEqualTo(16);
            for (int i = 0; i < read.length; i++) {
                assertThat(read[i]).as(texts.get(i)).isEqualTo((float) Double.parseDouble(texts.get(i)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-Infinity", "\"text\"", "[2]", "true", "null", "12345678901234567890123", "1e400", "01", "1.", "-", ".5", "2e", "+1"})
    void runStopsBeforeWhatItDoesNotKnow(String odd) {
        float[] read = new float[4];

        assertThat(readAll("[1.5," + odd + ",3]", read)).isEqualTo(1);
        assertThat(readAll("[" + odd + "]", read)).isZero();
    }

    /** A body may be cut anywhere: what then stands at its end decides the slow way, and no byte behind it is touched. */
    @Test
    void readsNoFurtherThanTheEnd() {
        String list = "[1.25,-31.5e-2,4444444444.125]";
        for (int length = 2; length <= list.length(); length++) {
            byte[] text = list.substring(0, length).getBytes(StandardCharsets.US_ASCII);

            assertThat(new NumberRuns().scan(text, 1, text.length)).isLessThanOrEqualTo(length);
        }
    }

    @Test
    void knowsItsRunsByTheirPlaces() {
        byte[] text = "[[1,2],[3,4]]".getBytes(StandardCharsets.US_ASCII);
        NumberRuns runs = new NumberRuns();
        runs.scan(text, 2, text.length);
        runs.scan(text, 8, text.length);
        float[] second = new float[2];
        runs.copy(runs.at(8), second, 0);

        assertThat(second).containsExactly(3, 4);
        assertThat(runs.at(3)).isNegative();
    }

    @Test
    void findsAndReadsDigits() {
        byte[] text = "0123456789/:12é".getBytes(StandardCharsets.UTF_8);

        assertThat(EightDigits.count(EightDigits.load(text, 2))).isEqualTo(8);
        assertThat(EightDigits.value(EightDigits.load(text, 2), 8)).isEqualTo(23_456_789);
        assertThat(EightDigits.count(EightDigits.load(text, 3))).isEqualTo(7);
        assertThat(EightDigits.value(EightDigits.load(text, 3), 7)).isEqualTo(3_456_789);
        assertThat(EightDigits.value(EightDigits.load(text, 3), 1)).isEqualTo(3);
        assertThat(EightDigits.count(EightDigits.load(text, 8))).isEqualTo(2);
    }
}
