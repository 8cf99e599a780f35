package dev.tideline.monitoring.lineage;

import dev.tideline.contracts.DataWindow;
import dev.tideline.monitoring.lineage.Graph.Gap;
import dev.tideline.monitoring.lineage.Graph.Kind;
import dev.tideline.monitoring.lineage.Graph.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/** Draws a graph as one page that needs nothing else: a chain of cards, the shards and offsets at its end as tables. */
public final class LineagePage {

    private static final String STYLE = style();
    private static final List<String> SHARD_FACTS = List.of("path", "firstOffset", "lastOffset", "skip", "take");
    private static final List<String> OFFSET_FACTS = List.of("topic", "partition", "first", "last", "records");

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");
    private static final MathContext DIGITS = new MathContext(4);

    private LineagePage() {}

    /** The page's own style, by its hash, and nothing else. */
    public static String contentSecurityPolicy() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; style-src 'sha256-" + Base64.getEncoder().encodeToString(hash)
                    + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String html(Graph graph) {
        String title = text("Lineage of " + graph.nodes().getFirst().title());
        StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>").append(title).append("</title><style>")
                .append(STYLE).append("</style></head>\n<body><main><h1>").append(title).append("</h1><ol>\n");
        graph.nodes().stream().filter(node -> node.kind() != Kind.SHARD && node.kind() != Kind.OFFSETS)
                .forEach(node -> page.append(card(graph, node)));
        table(page, graph, Kind.SHARD, "Shard files", SHARD_FACTS);
        table(page, graph, Kind.OFFSETS, "Kafka offsets", OFFSET_FACTS);
        return page.append("</ol><footer>The same as <a href=\"lineage\">JSON</a>.</footer></main></body></html>\n").toString();
    }

    private static String card(Graph graph, Node node) {
        String how = graph.edges().stream().filter(edge -> edge.to().equals(node.id())).map(Graph.Edge::relation).findFirst().orElse("");
        String facts = node.facts().entrySet().stream().filter(fact -> fact.getValue() != null)
                .map(fact -> "<dt>" + text(words(fact.getKey())) + "</dt><dd>" + text(shown(fact.getValue())) + "</dd>").collect(Collectors.joining());
        String gaps = graph.gaps().stream().filter(gap -> gap.node().equals(node.id())).map(Gap::reason)
                .map(reason -> "<p class=\"gap\">" + text(reason) + "</p>").collect(Collectors.joining());
        return "<li><article><p class=\"how\">" + text(how) + "</p><h2>" + text(node.title()) + "</h2><dl>" + facts + "</dl>" + gaps + "</article></li>\n";
    }

    private static void table(StringBuilder page, Graph graph, Kind kind, String title, List<String> columns) {
        List<Node> nodes = graph.nodes().stream().filter(node -> node.kind() == kind).toList();
        if (nodes.isEmpty()) {
            return;
        }
        page.append("<li><article><h2>").append(title).append("</h2><div class=\"scroll\"><table><thead><tr>");
        columns.forEach(column -> page.append("<th>").append(text(words(column))).append("</th>"));
        page.append("</tr></thead><tbody>");
        for (Node node : nodes) {
            page.append("<tr>");
            columns.forEach(column -> page.append("<td>").append(text(shown(node.facts().getOrDefault(column, "")))).append("</td>"));
            page.append("</tr>");
        }
        page.append("</tbody></table></div></article></li>\n");
    }

    private static String words(String name) {
        return HUMP.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
    }

    /** Lists and maps in a form for people. */
    private static String shown(Object fact) {
        return switch (fact) {
            case Map<?, ?> map -> map.entrySet().stream().map(entry -> words(entry.getKey().toString()) + " " + shown(entry.getValue())).collect(Collectors.joining(", "));
            case List<?> list -> list.stream().map(LineagePage::shown).collect(Collectors.joining("; "));
            case DataWindow.All() -> "all records";
            case DataWindow.Last(long records) -> "the last " + records + " records";
            case DataWindow.Since(Instant time) -> "records since " + time;
            case JsonNode json when json.isString() -> json.stringValue();
            case JsonNode json when json.isObject() -> json.properties().stream()
                    .map(entry -> words(entry.getKey()) + " " + shown(entry.getValue())).collect(Collectors.joining(", "));
            case Double number when Double.isFinite(number) ->
                    BigDecimal.valueOf(number).round(DIGITS).stripTrailingZeros().toPlainString();
            default -> String.valueOf(fact);
        };
    }

    private static String text(String value) {
        String shown = value.codePoints().map(c -> Character.isISOControl(c) || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return HtmlUtils.htmlEscape(shown, "UTF-8");
    }

    private static String style() {
        try (InputStream in = LineagePage.class.getResourceAsStream("lineage.css")) {
            if (in == null) {
                throw new IllegalStateException("lineage.css is not in the jar (expected: beside " + LineagePage.class.getName() + ")");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
