package dev.tideline.ingest.report;

import java.util.Locale;
import org.springframework.web.util.HtmlUtils;

/** Text and figures as HTML. */
final class Html {

    private Html() {}

    /** Safe as text and within quoted attributes; control characters, which no page may hold, become visible. */
    static String text(String value) {
        String shown = value.codePoints().map(c -> Character.isISOControl(c) || isDirectional(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return HtmlUtils.htmlEscape(shown, "UTF-8");
    }

    /** At most {@code limit} characters, the rest as an ellipsis. */
    static String shortened(String value, int limit) {
        int length = value.codePointCount(0, value.length());
        return length <= limit ? value : value.substring(0, value.offsetByCodePoints(0, limit - 1)) + "…";
    }

    /** Four significant digits, without zeros at the end. */
    static String number(double value) {
        return number(value, 4);
    }

    static String number(double value, int significant) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e7) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        if (size >= 1e7 || size < 1e-3) {
            return String.format(Locale.ROOT, "%." + (significant - 1) + "e", value).replaceFirst("\\.?0*e([+-])0*(\\d)", "e$1$2").replace("e+", "e");
        }
        int decimals = Math.clamp(significant - 1 - (int) Math.floor(Math.log10(size)), 0, 6);
        String digits = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits;
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A share of one as a percentage; a little is never shown as nothing. */
    static String percent(double share) {
        if (share > 0 && share < 0.0005) {
            return "&lt;0.1 %";
        }
        return String.format(Locale.ROOT, share == 0 || share == 1 ? "%.0f %%" : "%.1f %%", 100 * share);
    }

    /** A coordinate. */
    static String at(double value) {
        String digits = String.format(Locale.ROOT, "%.2f", value);
        return digits.replaceFirst("\\.?0+$", "");
    }

    private static boolean isDirectional(int c) {
        return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }
}
