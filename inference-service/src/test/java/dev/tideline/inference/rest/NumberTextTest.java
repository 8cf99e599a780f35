package dev.tideline.inference.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {

    private static String text(float value) {
        ByteSink sink = new ByteSink(8);
        new NumberText(sink).write(value);
        return new String(sink.toByteArray(), StandardCharsets.US_ASCII);
    }

    private static String text(double value) {
        ByteSink sink = new ByteSink(8);
        new NumberText(sink).write(value);
        return new String(sink.toByteArray(), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({
        "9000000, 9e+06", "999999, 999999.0", "0.5, 0.5", "0.0003, 0.0003", "0.00003, 3e-05", "555557.5, 555557.5", "3, 3.0",
        "0, 0.0", "-0.0, -0.0", "0.2, 0.2", "0.33333334, 0.333333343", "1e10, 1e+10", "NaN, NaN", "-Infinity, -Infinity",
        "16777216, 16777216.0", "123456789, 123456792.0", "1.4E-45, 1.4013e-45", "3.4028235E38, 3.40282347e+38",
        "9.999999E-5, 9.99999902e-05", "-12.25, -12.25", "100000, 100000.0", "1000000, 1e+06"
    })
    void writesFloatsLikeTensorFlowServing(float value, String expected) {
        assertThat(text(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "0.3333333333333333, 0.33333333333333331", "1e300, 1e+300", "3, 3.0", "12345678.9, 12345678.9"})
    void writesDoublesLikeTensorFlowServing(double value, String expected) {
        assertThat(text(value)).isEqualTo(expected);
    }

    @Test
    void anyFloatIsReadBackUnchanged() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                assertThat(Float.parseFloat(text(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void nineDigitsAgreeWithExactRounding() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 50_000; i++) {
            float value = (float) random.nextDouble(1, 10);
            String text = text(value);
            String exact = new BigDecimal(value).setScale(8, RoundingMode.HALF_EVEN).toPlainString().replaceAll("0+$", "");
            if (text.length() > 8) {
                assertThat(text).isEqualTo(exact);
            }
        }
    }
}
