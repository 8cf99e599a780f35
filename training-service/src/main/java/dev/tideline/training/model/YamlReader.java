package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * YAML 1.2 as far as it is JSON in another dress: one document of at most 1 MiB, without anchors, aliases and tags, so that no text
 * can unfold into more than it says.
 */
final class YamlReader {

    static final int MAX_BYTES = 1 << 20;

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
            .loadSettings(LoadSettings.builder().setAllowDuplicateKeys(false).setCodePointLimit(MAX_BYTES).build()).build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private YamlReader() {}

    /** @throws InvalidDefinitionException when the bytes are no such document */
    static JsonNode read(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw invalid("TOO_LARGE", bytes.length + " bytes", "at most " + MAX_BYTES);
        }
        try {
            plain(bytes);
            var node = YAML.readTree(bytes);
            if (node == null || node.isMissingNode() || node.isNull()) {
                throw invalid("WRONG_TYPE", "an empty document", "an object");
            }
            return node;
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            throw invalid("SYNTAX", (at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ")
                + broken.getOriginalMessage(), "YAML 1.2, each field once");
        }
    }

    private static void plain(byte[] bytes) {
        int depth = 0;
        int documents = 0;
        try (var parser = (YAMLParser) YAML.createParser(bytes)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
                    throw invalid("SYNTAX", "line " + parser.currentTokenLocation().getLineNr() + ": an anchor, alias or tag",
                        "plain values; write them out");
                }
                documents += depth == 0 ? 1 : 0;
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (documents > 1) {
                    throw invalid("SYNTAX", "line " + parser.currentTokenLocation().getLineNr() + ": a second document", "one document");
                }
            }
        }
    }

    private static InvalidDefinitionException invalid(String code, String value, String expected) {
        return new InvalidDefinitionException(List.of(new Problem(code, "", value, expected)));
    }
}
