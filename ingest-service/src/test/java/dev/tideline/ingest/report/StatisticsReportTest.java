package dev.tideline.ingest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DataWindow;
import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.features.Domain;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class StatisticsReportTest {

    private static final String EVIL = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    @Test
    void showsNoNameAndNoValueAsMarkup() {
        String page = page(new Schema(1, List.of(FeatureSpec.scalar(EVIL, Kind.TEXT)), null, null, null), 200, 50,
                i -> Example.of(Map.of(EVIL, Feature.text(EVIL + i % 3))));

        assertThat(page).doesNotContain("<img", "<script>alert", "\"'><").contains("&lt;img src=x onerror=alert(2)&gt;");
        assertThat(Pattern.compile("<script").matcher(page).results().count()).isEqualTo(1);
    }

    @Test
    void showsNoDatasetAndNoDomainAsMarkup() {
        FeatureSpec feature = new FeatureSpec("x", Kind.TEXT, List.of(), true, new Domain.Values(List.of("<i>")), null);
        DatasetManifest manifest = manifest("<b>" + "&", new Schema(1, List.of(feature), null, null, null), 10, 10,
                i -> Example.of(Map.of("x", Feature.text("<u>"))));

        assertThat(StatisticsReport.html(manifest)).doesNotContain("<b>", "<i>", "<u>").contains("&lt;b&gt;&amp;", "outside the domain in train: &lt;u&gt;");
    }

    @Test
    void makesCharactersVisibleThatWouldTurnTextAround() {
        assertThat(Html.text("a\u202Eb\u0000c\u2066")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
    }

    @Test
    void allowsExactlyItsOwnStyleAndScript() throws Exception {
        String page = mixed();
        String policy = StatisticsReport.contentSecurityPolicy();

        assertThat(policy).startsWith("default-src 'none'; ").doesNotContain("unsafe", "http");
        for (String element : List.of("style", "script")) {
            Matcher found = Pattern.compile("(?s)<" + element + ">(.*?)</" + element + ">").matcher(page);
            assertThat(found.find()).isTrue();
            String hash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(found.group(1).getBytes(StandardCharsets.UTF_8)));
            assertThat(policy).contains(element + "-src 'sha256-" + hash + "'");
        }
        assertThat(page).doesNotContain(" style=\"", " onclick", "http://", "https://");
    }

    @Test
    void isWellFormed() throws Exception {
        String body = mixed().replaceFirst("(?s)^.*?<body>", "<body>").replace("</body></html>", "</body>").replaceAll("(?s)<script>.*</script>", "")
                .replaceAll("<input([^>]*)>", "<input$1/>").replaceAll(" (hidden|checked)(?=[ />])", "");

        assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(body)))
                .getElementsByTagName("li").getLength()).isEqualTo(4);
    }

    @Test
    void namesEverythingThatAScreenReaderMeets() {
        assertThat(mixed()).contains("<html lang=\"en\">", "aria-label=\"Find a feature by name\"", "aria-live=\"polite\"", "role=\"img\" aria-label=\"Histogram of x from ",
                "<th scope=\"row\">", "of train, ", "aria-label=\"Findings\"");
    }

    @Test
    void saysWhatTheVersionIs() {
        assertThat(mixed()).contains("<title>trips version 3 statistics</title>", "Sealed 2026-05-01T12:00:00Z over the last 5,000 records", "<dd>1,250",
                "1,000 train", "250 evaluation", "title=\"" + "ab".repeat(32) + "\"", "20.0 % for evaluation");
    }

    @Test
    void drawsBothSplitsOverOneScale() {
        String page = mixed();
        String x = page.substring(page.indexOf("data-name=\"x\""), page.indexOf("data-name=\"n\""));

        assertThat(x).contains("<path class=\"t\"", "<path class=\"tl\"", "<path class=\"el\"");
        assertThat(Pattern.compile("<path class=\"el\" d=\"M0 62(V[0-9.]+H[0-9.]+){30}V62\"/>").matcher(x).find()).as(x).isTrue();
    }

    @Test
    void drawsANumberOfFewValuesValueByValue() {
        String page = mixed();

        assertThat(page.substring(page.indexOf("data-name=\"n\""), page.indexOf("data-name=\"t\""))).contains("class=\"values\"").doesNotContain("class=\"plot\"");
    }

    @Test
    void drawsAVersionWithoutEvaluation() {
        String page = page(new Schema(1, List.of(FeatureSpec.scalar("x", Kind.FLOAT)), null, null, null), 10, 0, i -> Example.of(Map.of("x", Feature.floats(i))));

        assertThat(page).contains("10 train", "0 evaluation", "class=\"plot\"").doesNotContain("class=\"el\"", "NaN", "Infinity");
    }

    @Test
    void drawsConstantsEmptyFeaturesAndNumbersThatAreNone() {
        Schema schema = new Schema(1, List.of(FeatureSpec.scalar("same", Kind.FLOAT), optional("none", Kind.FLOAT), optional("nan", Kind.FLOAT),
                optional("blob", Kind.BYTES), optional("void", Kind.TEXT)), null, null, null);
        String page = page(schema, 20, 20, i -> Example.of(Map.of("same", Feature.floats(7), "nan", Feature.floats(Float.NaN),
                "blob", new Feature.Bytes(new byte[][] {{1, 2}}))));

        assertThat(page).contains("always the same value", "no finite value", "bytes are not counted", "no value at all", "20 values of train are NaN or infinite")
                .doesNotContain(">NaN<", "Infinity");
    }

    @Test
    void drawsTheLargestNumbers() {
        String page = page(new Schema(1, List.of(FeatureSpec.scalar("x", Kind.FLOAT)), null, null, null), 200, 200,
                i -> Example.of(Map.of("x", Feature.floats(i % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE / (1 + i)))));

        assertThat(page).contains("3.403e38").doesNotContain("NaN", "Infinity");
    }

    @Test
    void showsEventTimeInMillisecondsAsDates() {
        String page = page(new Schema(1, List.of(FeatureSpec.scalar("at", Kind.INT)), null, null, "at"), 200, 200,
                i -> Example.of(Map.of("at", Feature.longs(1_777_636_800_000L + i * 86_400_000L))));

        assertThat(page).contains("2026-05-01", "2026-11-16", " d</td>").doesNotContain("train and evaluation differ");
    }

    @Test
    void staysSmallAndQuickForFiveHundredFeatures() {
        List<FeatureSpec> features = IntStream.range(0, 500).mapToObj(i -> FeatureSpec.scalar("f" + i, i % 5 == 0 ? Kind.TEXT : Kind.FLOAT)).toList();
        Random random = new Random(3);
        DatasetManifest manifest = manifest("wide", new Schema(1, features, null, null, null), 300, 100, i -> {
            TreeMap<String, Feature> values = new TreeMap<>();
            features.forEach(feature -> values.put(feature.name(), feature.kind() == Kind.TEXT ? Feature.text("v" + random.nextInt(30))
                    : Feature.floats(random.nextFloat())));
            return Example.of(values);
        });
        StatisticsReport.html(manifest);

        String page = StatisticsReport.html(manifest);

        assertThat(page.length()).isLessThan(5_000 * features.size());
        assertThat(Pattern.compile("<li class=\"feature\"").matcher(page).results().count()).isEqualTo(500);
    }

    @Test
    void writesNumbersForPeople() {
        assertThat(List.of(Html.number(0), Html.number(-1), Html.number(1_234_567), Html.number(0.05644299), Html.number(123.456), Html.number(1e-9),
                Html.number(2.5e12), Html.number(100.0), Html.number(0.1), Html.number(99.999)))
                .containsExactly("0", "-1", "1,234,567", "0.05644", "123.5", "1e-9", "2.5e12", "100", "0.1", "100");
        assertThat(List.of(Html.percent(0), Html.percent(1e-9), Html.percent(0.125), Html.percent(1))).containsExactly("0 %", "&lt;0.1 %", "12.5 %", "100 %");
        assertThat(Html.shortened("水水水水", 3)).isEqualTo("水水…");
    }

    private static String mixed() {
        Schema schema = new Schema(2, List.of(FeatureSpec.scalar("x", Kind.FLOAT), FeatureSpec.scalar("n", Kind.INT), FeatureSpec.scalar("t", Kind.TEXT)), "n", null, null);
        Random random = new Random(1);
        return page(schema, 1_000, 250, i -> Example.of(Map.of("x", Feature.floats((float) random.nextGaussian() + (i >= 1_000 ? 2 : 0)),
                "n", Feature.longs(random.nextInt(3)), "t", Feature.text("word" + random.nextInt(20)))));
    }

    private static FeatureSpec optional(String name, Kind kind) {
        return new FeatureSpec(name, kind, List.of(), false, null, null);
    }

    private static String page(Schema schema, int train, int evaluation, IntFunction<Example> record) {
        return StatisticsReport.html(manifest("trips", schema, train, evaluation, record));
    }

    static DatasetManifest manifest(String name, Schema schema, int train, int evaluation, IntFunction<Example> record) {
        TreeMap<String, DatasetManifest.Split> splits = new TreeMap<>();
        splits.put(DatasetManifest.TRAIN, split(schema, 0, train, record));
        splits.put(DatasetManifest.EVALUATION, split(schema, train, train + evaluation, record));
        return new DatasetManifest(name, 3, Instant.parse("2026-05-01T12:00:00.5Z"), new DataWindow.Last(5_000), new SplitRule(SplitRule.By.TIME, 0.2),
                schema, "ab".repeat(32), train + evaluation, splits);
    }

    private static DatasetManifest.Split split(Schema schema, int from, int to, IntFunction<Example> record) {
        StatisticsBuilder builder = new StatisticsBuilder(schema);
        IntStream.range(from, to).mapToObj(record).forEach(builder::add);
        return new DatasetManifest.Split(to - from, List.of(), builder.build());
    }
}
